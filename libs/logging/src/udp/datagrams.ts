import { cutLine } from './cut-line.js';
import { fieldsOf } from './line-fields.js';
import { oneLineJson } from '../lines/one-line-json.js';

/** Who sent a datagram, and the how manieth line of this sender it is, counted from 1. */
export interface Numbering {
  readonly sender: string;
  readonly seq: number;
}

/** What a datagram that is no line says of its sender. */
export type Mark = 'alive' | 'end';

const TAKEN_NAME = /^(?:sender|seq|mark)$/;

/**
 * The JSON line itself with `sender` and `seq` as its last fields, and a newline: every tool that takes JSON over UDP
 * understands it, and `nc -lu` shows it. A line of more than `maxBytes` is cut.
 */
export function lineDatagram(line: string, { sender, seq }: Numbering, maxBytes: number) {
  const object = withoutTakenNames(line.trimEnd());
  const tail = `"sender":${JSON.stringify(sender)},"seq":${seq}}\n`;
  const datagram = Buffer.from(join(object, tail));
  if (datagram.length <= maxBytes) return { datagram, isCut: false };
  return { datagram: Buffer.from(join(cutLine(object, maxBytes - tail.length), tail)), isCut: true };
}

/** `{"sender":"…","seq":17,"mark":"end"}`: 17 was the last line so far, whether it arrived or not. */
export function markDatagram({ sender, seq }: Numbering, mark: Mark): Buffer {
  return Buffer.from(`${JSON.stringify({ sender, seq, mark })}\n`);
}

function join(object: string, tail: string): string {
  return object === '{}' ? `{${tail}` : `${object.slice(0, -1)},${tail}`;
}

/** A line's own `sender` becomes `_sender`: tools differ in how they read a name that comes twice. */
function withoutTakenNames(line: string): string {
  const isObject = line.startsWith('{') && line.endsWith('}');
  if (isObject && !/"(?:sender|seq|mark)":/.test(line)) return line;
  const fields = fieldsOf(line).map(([name, value]) => [TAKEN_NAME.test(name) ? `_${name}` : name, value]);
  return oneLineJson(Object.fromEntries(fields));
}
