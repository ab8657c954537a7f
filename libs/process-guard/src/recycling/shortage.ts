/** What a worker runs out of, so that it has to be replaced. */
export interface Shortage {
  readonly cause: 'memory' | 'descriptors';
  /** One sentence for a person, with figures. */
  readonly reason: string;
  /** Whether it cannot wait until a replacement serves. */
  readonly isCritical: boolean;
  /** The figures, for its last words. */
  readonly evidence: Readonly<Record<string, unknown>>;
}
