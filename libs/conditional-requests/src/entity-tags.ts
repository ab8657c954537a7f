/** What a header lists: `*`, or the opaque parts of its tags, with their quotes and without `W/`. */
export type EntityTagList = '*' | readonly string[];

/**
 * One element of the list. RFC 9110, 8.8.3: visible characters without the quote; bytes above 127 reach us as Latin-1.
 * No two repetitions stand side by side, so a header of 16 KiB of spaces costs no more than any other.
 */
const ELEMENT = /[ \t]*(?:(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")[ \t]*)?(?:,|$)/y;

/** Reads `If-Match` or `If-None-Match`; undefined if it is neither `*` nor a list of quoted tags. */
export function parseEntityTags(header: string): EntityTagList | undefined {
  if (header.trim() === '*') return '*';
  const tags: string[] = [];
  ELEMENT.lastIndex = 0;
  while (ELEMENT.lastIndex < header.length) {
    const match = ELEMENT.exec(header);
    if (!match) return undefined;
    // RFC 9110, 5.6.1: a list may have empty elements.
    if (match[1] !== undefined) tags.push(match[1]);
  }
  return tags.length > 0 ? tags : undefined;
}

/** The part of a tag that names the representation: `"x"` of both `"x"` and `W/"x"`. */
export function opaqueTag(tag: string): string {
  return tag.startsWith('W/') ? tag.slice(2) : tag;
}
