import type { LevelChange } from '@evernest/logging';

/** A worker takes nothing shorter. */
const SHORTEST_MS = 1000;

interface LastingChange extends Omit<LevelChange, 'forMs'> {
  /** By this process's own clock; Infinity for one without an end. */
  readonly endsAtMs: number;
}

/** The changes for the whole fleet that hold still, one for each context. */
export class LastingChanges {
  private readonly byContext = new Map<string | undefined, LastingChange>();

  set({ forMs = Infinity, ...change }: LevelChange): void {
    this.byContext.set(change.context, { ...change, endsAtMs: performance.now() + forMs });
  }

  /** Of one context, or of all. */
  reset(context?: string): void {
    if (context === undefined) this.byContext.clear();
    else this.byContext.delete(context);
  }

  /** What a worker that begins now is to be told. */
  rest(): readonly LevelChange[] {
    const now = performance.now();
    for (const [context, { endsAtMs }] of this.byContext) {
      if (endsAtMs - now < SHORTEST_MS) this.byContext.delete(context);
    }
    return Array.from(this.byContext.values(), ({ endsAtMs, ...change }) =>
      endsAtMs === Infinity ? change : { ...change, forMs: Math.round(endsAtMs - now) },
    );
  }
}
