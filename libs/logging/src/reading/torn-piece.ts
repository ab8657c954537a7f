import { jsonFields } from './read-line.js';

/** How each JSON line of this library begins. */
const HEAD = '{"time":"';
const WHOLE_HEAD = /^\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",/;

/**
 * A process that is killed while it writes may leave a piece of a line, and the next line of another process then
 * stands right behind it. @returns both, or the line as it is
 */
export function apartFromTornPiece(line: string): readonly string[] {
  const at = line.lastIndexOf(HEAD);
  if (at <= 0) return [line];
  const behind = line.slice(at);
  const isGlued =
    WHOLE_HEAD.test(behind) && jsonFields(line) === undefined && jsonFields(behind) !== undefined;
  return isGlued ? [line.slice(0, at), behind] : [line];
}
