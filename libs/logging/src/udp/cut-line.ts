import { fieldsOf } from './line-fields.js';
import { oneLineJson } from '../lines/one-line-json.js';

const CUT = '[truncated]';
/** `"cutBytes":1234567890` */
const ROOM_FOR_CUT_BYTES = 24;

interface Field {
  readonly name: string;
  readonly value: unknown;
  /** `"name":value,` */
  readonly text: string;
}

/**
 * The same JSON line in at most `maxBytes`: its longest values become their beginnings, marked `[truncated]`, and
 * `cutBytes` tells how many bytes were left out. Short fields, such as time, level and request id, stay whole.
 */
export function cutLine(line: string, maxBytes: number): string {
  const fields = fieldsOf(line).map(([name, value]) => ({ name, value, text: fieldText(name, value) }));
  const kept = new Map<string, string>();
  let room = maxBytes - ROOM_FOR_CUT_BYTES;
  let waiting = fields.length;
  // The shortest first: what they leave of their equal share is for the longer ones.
  for (const field of fields.toSorted((a, b) => a.text.length - b.text.length)) {
    const text = beginningOf(field, Math.floor(room / waiting));
    kept.set(field.name, text);
    room -= Buffer.byteLength(text);
    waiting -= 1;
  }
  const texts = fields.map(({ name }) => kept.get(name)).join('');
  return `{${texts}"cutBytes":${Buffer.byteLength(line) - Buffer.byteLength(texts)}}`;
}

/** The field in at most `maxBytes`; nothing of it if not even its name fits. */
function beginningOf({ name, value, text: all }: Field, maxBytes: number): string {
  if (Buffer.byteLength(all) <= maxBytes) return all;
  const whole = typeof value === 'string' ? value : JSON.stringify(value);
  let text = '';
  let fitting = 0;
  let tooLong = maxBytes;
  while (fitting + 1 < tooLong) {
    const length = Math.floor((fitting + tooLong) / 2);
    const candidate = fieldText(name, `${wellFormed(whole.slice(0, length))}${CUT}`);
    if (Buffer.byteLength(candidate) <= maxBytes) [fitting, text] = [length, candidate];
    else tooLong = length;
  }
  return text;
}

function fieldText(name: string, value: unknown): string {
  return `${oneLineJson(name)}:${oneLineJson(value)},`;
}

/** Without the first half of a character that was cut in two. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDBFF]$/, '');
}
