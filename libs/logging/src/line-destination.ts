import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

// Long enough for a slow disk; a reader that stopped reading must not keep the process from exiting.
const FLUSH_TIMEOUT_MS = 1000;

/** Hands lines on at once, counting those that are under way, because what they are written to may be asynchronous. */
export class LineDestination extends Writable {
  private underWay = 0;

  constructor(private readonly target: NodeJS.WritableStream) {
    super({ decodeStrings: false });
    // Without a listener the loss of the log, such as a closed pipe, would end the process.
    if (!target.listeners('error').includes(ignore)) target.on('error', ignore);
  }

  override _write(line: string, _encoding: BufferEncoding, done: () => void): void {
    this.underWay += 1;
    const settled = () => {
      this.underWay -= 1;
      if (this.underWay === 0) this.emit('idle');
    };
    try {
      this.target.write(line, 'utf8', settled);
    } catch {
      // A throw from here would leave winston's streams waiting for ever, and nobody is left to tell.
      settled();
    }
    done();
  }

  /** Resolves once every line has left the process, at the latest after a second. */
  async flush(): Promise<void> {
    // What is logged in the tick that created the logger reaches this stream only in the next.
    await nextTurn();
    if (this.underWay === 0) return;
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, FLUSH_TIMEOUT_MS);
      this.once('idle', () => {
        clearTimeout(deadline);
        resolve();
      });
    });
  }
}

function ignore(): void {}
