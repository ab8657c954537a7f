/** What a worker runs out of, so that it has to be replaced. */
export interface Shortage {
  readonly cause: 'memory' | 'descriptors';
  /** One sentence for a person, with figures. */
  readonly reason: string;
  /** Whether it cannot wait for a supervisor to replace it, but only until it is its turn to leave. */
  readonly isUrgent: boolean;
  /** Whether it cannot wait at all. */
  readonly isCritical: boolean;
  /** The figures, for its last words. */
  readonly evidence: Readonly<Record<string, unknown>>;
}
