/** One event of a stream, as the HTML standard defines them. */
export interface ServerSentEvent {
  /** @default message */
  readonly type: string;
  readonly data: string;
}

/** How far a client has read: what it sends as `Last-Event-ID` when it comes back. */
export interface EventCursor {
  /** Empty as long as there was none. */
  lastEventId: string;
}

/**
 * Turns the text of an event stream, in whatever pieces it comes, into its events, and moves the cursor on, also for blocks that
 * carry nothing but an id. An unfinished block at the end is dropped.
 */
export async function* serverSentEvents(
  pieces: AsyncIterable<string>,
  cursor: EventCursor,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let id = cursor.lastEventId;
  let type = '';
  let data: string[] = [];
  for await (const line of linesOf(pieces)) {
    if (line === '') {
      cursor.lastEventId = id;
      if (data.length > 0) yield { type: type || 'message', data: data.join('\n') };
      type = '';
      data = [];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
  }
}

/** A line ends with LF, CR or CRLF; a CR at the end of a piece may be half of a CRLF. */
async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
