import { MultiBar } from 'cli-progress';
import { count } from './summary.js';

const PLAIN_LINE_EVERY_MS = 5000;

/** Shows how far an import is, among other lines. */
export interface Progress {
  update(bytes: number, rows: number): void;
  /** Writes a line without disturbing the bar. */
  line(text: string): void;
  stop(): void;
}

/** A bar on a terminal, a plain line every few seconds elsewhere. @param totalBytes 0 when it is not known. */
export function showProgress(stream: NodeJS.WriteStream, totalBytes: number): Progress {
  return stream.isTTY ? new BarProgress(stream, totalBytes) : new PlainProgress(stream, totalBytes);
}

class BarProgress implements Progress {
  readonly #bars: MultiBar;
  readonly #bar: ReturnType<MultiBar['create']>;

  constructor(stream: NodeJS.WriteStream, totalBytes: number) {
    this.#bars = new MultiBar({
      stream,
      format: '{bar} {percentage} %  {rows} rows  {eta_formatted} left',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      // Ctrl-C belongs to the import, which still has a batch to finish.
      gracefulExit: false,
    });
    this.#bar = this.#bars.create(totalBytes, 0, { rows: '0' });
  }

  update(bytes: number, rows: number): void {
    this.#bar.update(bytes, { rows: count(rows) });
  }

  line(text: string): void {
    this.#bars.log(`${text}\n`);
  }

  stop(): void {
    this.#bars.update();
    this.#bars.stop();
  }
}

class PlainProgress implements Progress {
  readonly #startedAt = performance.now();
  #lastAt = this.#startedAt;

  constructor(
    private readonly stream: NodeJS.WritableStream,
    private readonly totalBytes: number,
  ) {}

  update(bytes: number, rows: number): void {
    const now = performance.now();
    if (now - this.#lastAt < PLAIN_LINE_EVERY_MS) return;
    this.#lastAt = now;
    const done = this.totalBytes > 0 ? `${Math.floor((100 * bytes) / this.totalBytes)} %, ` : '';
    const perSecond = count(Math.round((1000 * rows) / (now - this.#startedAt)));
    this.line(`${done}${count(rows)} rows, ${perSecond} rows/s`);
  }

  line(text: string): void {
    this.stream.write(`${text}\n`);
  }

  stop(): void {}
}
