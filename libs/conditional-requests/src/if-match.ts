import { opaqueTag, parseEntityTags } from './entity-tags.js';

/**
 * Whether a change that came with this `If-Match` may be made to a resource whose tag is now `currentTag`.
 *
 * No header and `*` always may; a header that is neither `*` nor a list of quoted tags never may.
 */
export function ifMatchSatisfied(header: string | undefined, currentTag: string): boolean {
  if (header === undefined) return true;
  const tags = parseEntityTags(header);
  if (tags === undefined || tags === '*') return tags === '*';
  // HTTP asks for a strong comparison here, by which no weak tag is ever equal. But proxies that compress (nginx) put
  // W/ before our tags, and the tag is a hash of the whole representation: if the hash is equal, so is the content.
  return tags.includes(opaqueTag(currentTag));
}
