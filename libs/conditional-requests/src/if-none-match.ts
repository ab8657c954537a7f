import { opaqueTag, parseEntityTags } from './entity-tags.js';

/** Whether whoever sent this `If-None-Match` has the representation whose tag is `currentTag`, and may be told 304. */
export function ifNoneMatchHas(header: string | undefined, currentTag: string): boolean {
  if (header === undefined) return false;
  if (header === currentTag) return true;
  const tags = parseEntityTags(header);
  return tags === '*' || (tags?.includes(opaqueTag(currentTag)) ?? false);
}
