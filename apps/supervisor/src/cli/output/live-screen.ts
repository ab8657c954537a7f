import type { OutputStream } from '../surroundings.js';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_REST_OF_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

/** One picture in place of the one before, on a screen of its own, which leaves the terminal as it was; elsewhere one after another. */
export class LiveScreen {
  private last: string | undefined;

  constructor(private readonly stdout: OutputStream) {
    if (stdout.isTTY) stdout.write(ENTER);
  }

  show(picture: string): void {
    this.last = picture;
    this.stdout.write(
      this.stdout.isTTY
        ? `${HOME}${picture.replaceAll('\n', `${CLEAR_REST_OF_LINE}\n`)}${CLEAR_REST_OF_LINE}${CLEAR_BELOW}`
        : `${picture}\n\n`,
    );
  }

  /** The last picture stays, below what was there before. */
  close(): void {
    if (!this.stdout.isTTY) return;
    this.stdout.write(LEAVE);
    if (this.last !== undefined) this.stdout.write(`${this.last}\n`);
  }
}
