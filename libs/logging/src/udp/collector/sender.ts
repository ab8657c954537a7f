import type { Mark } from '../datagrams.js';
import { Sequence, type Gap } from './sequence.js';

/** What became of the lines of one sender, as far as this collector knows. */
export interface SenderFigures {
  readonly sender: string;
  /** The number of the last line that is known to have been sent. */
  readonly last: number;
  readonly received: number;
  readonly lost: number;
  /** Arrived twice, or after they were given up. */
  readonly repeated: number;
}

/** One sender of lines, and how much of what it sent arrived. */
export class Sender {
  /** Whether it is to be missed when it says nothing: not after its end, and not before it was heard. */
  isAlive = false;
  /** Whether anything came from it, not only from its past in the file. */
  wasHeard = false;
  /** How many ticks ago it was heard. */
  silentTicks = 0;

  private readonly sequence: Sequence;
  private lastAtTick = 0;
  private hadGap = false;
  private received = 0;
  private repeated = 0;

  /** @param last the number of its last line that is accounted for already */
  constructor(
    readonly id: string,
    last = 0,
  ) {
    this.sequence = new Sequence(last);
  }

  /** A line that cannot be written did not arrive, as far as anyone can tell from the file. */
  line(seq: number, write: () => boolean): void {
    this.heard();
    if (!this.sequence.expects(seq)) {
      this.repeated += 1;
    } else if (write()) {
      this.sequence.arrived(seq);
      this.received += 1;
    } else {
      this.sequence.sent(seq);
    }
  }

  mark(seq: number, mark: Mark): void {
    this.heard();
    this.sequence.sent(seq);
    if (mark === 'end') this.isAlive = false;
  }

  /** What is missing since the last tick or longer is lost. @param tell tells of lost lines, and whether it could */
  tick(tell: (gap: Gap) => boolean): void {
    this.silentTicks += 1;
    this.sequence.giveUpTo(this.lastAtTick);
    this.lastAtTick = this.sequence.last;
    // A tick late, so that the end of a wide gap, which is waited for, is told together with the rest of it.
    if (this.hadGap) this.sequence.tellGap(tell);
    this.hadGap = this.sequence.hasGap;
  }

  /** Nothing will arrive any more. */
  end(tell: (gap: Gap) => boolean): void {
    this.sequence.giveUpTo(this.sequence.last);
    this.sequence.tellGap(tell);
  }

  figures(): SenderFigures {
    const { id: sender, received, repeated } = this;
    const { last, lost } = this.sequence;
    return { sender, last, received, lost, repeated };
  }

  private heard(): void {
    this.silentTicks = 0;
    this.isAlive = true;
    this.wasHeard = true;
  }
}
