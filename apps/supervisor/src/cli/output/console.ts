import { styleText } from 'node:util';
import type { OutputStream, Surroundings } from '../surroundings.js';
import { oneLine } from './printable.js';
import { wrap } from './wrap.js';

export type Colour = 'green' | 'yellow' | 'red' | 'dim' | 'bold';

/** How a command speaks: results on stdout, messages on stderr; with --json only one document on stdout. */
export class Console {
  constructor(
    private readonly surroundings: Pick<Surroundings, 'stdout' | 'stderr'>,
    readonly isJson: boolean,
  ) {}

  /** Infinity where it is no terminal. */
  get width(): number {
    const { isTTY, columns } = this.surroundings.stdout;
    return isTTY && columns ? columns : Infinity;
  }

  /** Whether the terminal, NO_COLOR and FORCE_COLOR want colours. */
  get isColoured(): boolean {
    return this.paint('bold', '') !== '';
  }

  /** The document of --json: control characters are escaped, so that a terminal may show it. */
  json(document: unknown): void {
    const text = JSON.stringify(document, null, 2).replaceAll(
      /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    this.surroundings.stdout.write(`${text}\n`);
  }

  /** A sentence among the results, in one line as far as the terminal has room. */
  say(text: string, colour?: Colour): void {
    this.speak(this.surroundings.stdout, text, colour);
  }

  /** A step of what goes on: with --json it is no result. */
  step(text: string): void {
    const { stdout, stderr } = this.surroundings;
    this.speak(this.isJson ? stderr : stdout, text);
  }

  complain(text: string): void {
    this.speak(this.surroundings.stderr, text, 'red');
  }

  /** Lines that are laid out already, and whose values hold neither line ends nor controls. */
  block(text: string): void {
    this.surroundings.stdout.write(`${text}\n`);
  }

  /** A sentence, in as many lines as it takes. */
  fit(text: string): string {
    return wrap(oneLine(text), this.width);
  }

  /** As the terminal and NO_COLOR or FORCE_COLOR want it. */
  paint(colour: Colour, text: string): string {
    return paint(this.surroundings.stdout, colour, text);
  }

  private speak(stream: OutputStream, text: string, colour?: Colour): void {
    const indent = /^ */.exec(text)?.[0] ?? '';
    const width = stream.isTTY && stream.columns ? stream.columns : Infinity;
    const laidOut = wrap(indent + oneLine(text), width);
    stream.write(`${colour ? paint(stream, colour, laidOut) : laidOut}\n`);
  }
}

/** One colour: given a list of them, Node 20's `styleText` colours whatever the stream is. */
function paint(stream: OutputStream, colour: Colour, text: string): string {
  return styleText(colour, text, { stream, validateStream: true });
}
