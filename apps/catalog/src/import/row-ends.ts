const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/** Where a row of a CSV ends, and how many line feeds it holds. */
export interface RowEnd {
  readonly offset: number;
  readonly lineFeeds: number;
}

/** Finds the complete rows in these bytes: a row ends at a line feed outside quotes. */
export function findRowEnds(bytes: Buffer): RowEnd[] {
  const ends: RowEnd[] = [];
  let quoted = false;
  let lineFeeds = 0;
  for (let offset = 0; offset < bytes.length; offset++) {
    const byte = bytes[offset];
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === LINE_FEED) {
      lineFeeds++;
      if (!quoted) {
        ends.push({ offset: offset + 1, lineFeeds });
        lineFeeds = 0;
      }
    }
  }
  return ends;
}
