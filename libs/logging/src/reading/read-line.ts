/** A line of a log as it stands in its file. */
export class ReadLine {
  constructor(
    /** One character for each byte: exact whatever the bytes are, and half the memory of other strings. */
    readonly raw: string,
    /** When it was written, in ms since 1970: its own time, or that of the line before it. */
    readonly timeMs: number,
  ) {}

  /** As text, without the end of a line from another system. */
  get text(): string {
    return decode(this.raw).replace(/\r$/, '');
  }

  /** What it says if it is a JSON object; read anew each time, because lines that wait should be small. */
  get fields(): Readonly<Record<string, unknown>> | undefined {
    return jsonFields(this.raw);
  }
}

/** Lines on their way, many at a time: to wait for each of them would cost more than to read it. */
export type LineBatches = AsyncIterable<readonly ReadLine[]>;

export function jsonFields(raw: string): Readonly<Record<string, unknown>> | undefined {
  if (!raw.startsWith('{')) return undefined;
  try {
    return JSON.parse(decode(raw)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function decode(raw: string): string {
  return /[\u0080-\u00ff]/.test(raw) ? Buffer.from(raw, 'latin1').toString('utf8') : raw;
}
