/** What a worker can wait for before it leaves: to be replaced, only for its turn to leave by itself, or nothing. The least comes first. */
export const PATIENCES = ['nothing', 'turn', 'supervisor'] as const;
export type Patience = (typeof PATIENCES)[number];

/** What a worker runs out of, so that it has to be replaced. */
export interface Shortage {
  readonly cause: 'memory' | 'descriptors';
  /** One sentence for a person, with figures. */
  readonly reason: string;
  readonly waitsFor: Patience;
  /** The figures, for its last words. */
  readonly evidence: Readonly<Record<string, unknown>>;
}
