import type { Mark } from '../datagrams.js';
import { readObject } from '../read-object.js';

/** What one datagram says. */
export type Received = ReceivedLine | ReceivedMark;

interface ReceivedLine {
  readonly sender: string;
  readonly seq: number;
  /** One line of JSON, without a newline. */
  readonly line: string;
  readonly isImportant: boolean;
}

interface ReceivedMark {
  readonly sender: string;
  /** Of the last line that was sent before it. */
  readonly seq: number;
  readonly mark: Mark;
}

/** Any process may send to the port, so an id must not hold what could pass for something else in a line. */
const SENDER = /^[\w.:/-]{1,200}$/;
const GRAVE_LEVEL = /^(?:fatal|error|warn)$/;

/** Reads what `lineDatagram` and `markDatagram` make; undefined if it is something else. */
export function readDatagram(datagram: Buffer): Received | undefined {
  const object = readObject(datagram.toString().trimEnd());
  if (object === undefined) return undefined;
  const { line, fields } = object;
  const { sender, seq, mark, level } = fields;
  if (typeof sender !== 'string' || !SENDER.test(sender)) return undefined;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return undefined;
  if (mark === 'alive' || mark === 'end') return { sender, seq, mark };
  if (seq === 0) return undefined;
  return { sender, seq, line, isImportant: typeof level === 'string' && GRAVE_LEVEL.test(level) };
}
