import { DescriptorWatch } from '../descriptors/descriptor-watch.js';
import { warnOfLowLimit } from '../memory-watchdog/low-limit.js';
import type { MemoryLimits } from '../memory-watchdog/memory-limits.js';
import { MemoryWatchdog, type MemoryReading } from '../memory-watchdog/memory-watchdog.js';
import { Recycling, type RecyclingOptions } from '../recycling/recycling.js';
import { PATIENCES, type Shortage } from '../recycling/shortage.js';

export interface ResourceWatchOptions {
  readonly memoryLimits: MemoryLimits;
  readonly recycling: RecyclingOptions;
  /** How many connections of clients there are. */
  readonly clients: () => number;
  /** Told whether memory is so short that fewer requests at once should be begun. */
  readonly onMemoryStrain: (isStrained: boolean) => void;
  /** Whether the worker is on its way out already. */
  readonly isLeaving: () => boolean;
  /** The worker has to leave now. */
  readonly leave: (shortage: Shortage) => void;
}

/** What a worker may run out of, memory and file descriptors: watches both and, before none is left, asks to be replaced. */
export class ResourceWatch {
  private readonly memory;
  private readonly descriptors;
  private readonly recycling;

  constructor(private readonly options: ResourceWatchOptions) {
    this.descriptors = new DescriptorWatch(options.clients);
    this.recycling = new Recycling(options.recycling);
    this.memory = new MemoryWatchdog(options.memoryLimits, ({ isStrained }) => {
      options.onMemoryStrain(isStrained);
      this.askOrWithdraw();
    });
  }

  /** Watches collections of garbage from now on. @returns what stops it */
  start(): () => void {
    return this.memory.start();
  }

  /** To be called once a second. */
  sample(): void {
    this.recycling.tick();
    this.memory.sample();
    void this.descriptors.look().then(() => this.askOrWithdraw());
  }

  /** To be called once the worker serves. */
  noteListening(): void {
    this.recycling.noteListening();
    warnOfLowLimit(this.memory.reading);
  }

  get reading(): MemoryReading {
    return this.memory.reading;
  }

  /** Why the worker has to be replaced, by what it can wait least; null if it has not. */
  get shortage(): Shortage | null {
    const shortages = [this.memory.shortage, this.descriptors.shortage].filter((each) => each !== null);
    const [first] = shortages.toSorted((one, other) => patienceOf(one) - patienceOf(other));
    return first ?? null;
  }

  /** Why fewer requests at once should be begun; null if there is no need. */
  get strain(): string | null {
    return this.memory.verdict === 'strained' ? this.memory.reason : null;
  }

  /** Writes what helps to find the leak; stands still for up to a minute. */
  leaveEvidence(): Promise<void> {
    return this.recycling.leaveEvidence();
  }

  private askOrWithdraw(): void {
    const { shortage } = this;
    if (!shortage) return this.recycling.withdraw();
    if (this.options.isLeaving()) return;
    const { waitsFor } = shortage;
    const isItsTurn = this.recycling.ask(waitsFor !== 'supervisor');
    if (isItsTurn || waitsFor === 'nothing') this.options.leave(shortage);
  }
}

function patienceOf({ waitsFor }: Shortage): number {
  return PATIENCES.indexOf(waitsFor);
}
