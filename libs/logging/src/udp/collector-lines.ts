import { oneLineJson } from '../lines/one-line-json.js';
import type { SenderFigures } from './collector/sender.js';
import type { Gap } from './collector/sequence.js';

/** A line of the collector's own about the lines of others. */
export interface OwnLine {
  readonly level: 'warn' | 'info';
  readonly message: string;
  /** Lines that did not arrive. */
  readonly gap?: Gap & { readonly sender: string };
  /** What became of the lines of one sender; written when the collector stops. */
  readonly account?: SenderFigures;
}

export function ownLine(line: OwnLine): string {
  const time = new Date().toISOString();
  const { level, message, ...fields } = line;
  return oneLineJson({ time, level, context: 'LogCollector', message, ...fields, pid: process.pid });
}

export function gapLine(sender: string, gap: Gap): OwnLine {
  const where = gap.first === gap.last ? `line ${gap.first}` : `within ${gap.first} to ${gap.last}`;
  const before = gap.first === 1 ? ', unless an earlier collector has them' : '';
  return {
    level: 'warn',
    message: `${gap.lines} lines of ${sender} did not arrive (${where})${before}`,
    gap: { sender, ...gap },
  };
}

export function silenceLine({ sender, last }: SenderFigures): OwnLine {
  return {
    level: 'warn',
    message: `${sender} fell silent after line ${last} without an end: what it wrote after that did not arrive`,
  };
}

export function accountLine(account: SenderFigures): OwnLine {
  const { sender, last, received, lost } = account;
  return {
    level: 'info',
    message: `${sender} sent ${last} lines, of which this collector received ${received} and missed ${lost}`,
    account,
  };
}

export function unreadableLine(from: string): OwnLine {
  return {
    level: 'warn',
    message: `${from} sends datagrams that are no numbered log lines; they are counted and told no more`,
  };
}
