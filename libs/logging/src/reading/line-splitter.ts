import { apartFromTornPiece } from './torn-piece.js';

/** A longer line is cut there: one without an end, such as a hole that a crash left, must not fill the memory. */
const LONGEST_LINE = 1024 * 1024;
const LINE_FEED = 10;

/** Makes lines of the pieces in which a file is read, one character for each byte. */
export class LineSplitter {
  private rest = '';
  private cutOff = 0;

  /** @returns the lines that end in this piece */
  push(piece: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end !== -1; end = piece.indexOf(LINE_FEED, start)) {
      lines.push(...apartFromTornPiece(this.finish(piece.toString('latin1', start, end))));
      start = end + 1;
    }
    this.keep(piece.toString('latin1', start));
    return lines;
  }

  /** @returns what stands behind the last end of a line, if anything */
  end(): readonly string[] {
    const line = this.finish('');
    return line === '' ? [] : apartFromTornPiece(line);
  }

  private finish(text: string): string {
    if (this.rest === '') return text;
    this.keep(text);
    const line = this.cutOff > 0 ? `${this.rest}[and ${this.cutOff} bytes more]` : this.rest;
    this.rest = '';
    this.cutOff = 0;
    return line;
  }

  private keep(text: string): void {
    const room = LONGEST_LINE - this.rest.length;
    this.rest += text.slice(0, room);
    this.cutOff += Math.max(0, text.length - room);
  }
}
