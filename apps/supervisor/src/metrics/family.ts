/** What a metric can be in Prometheus' text format. */
export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

/** Name, and value as it stands between its quotes, escapes included. */
export type Label = readonly [name: string, value: string];

export interface Sample {
  readonly name: string;
  readonly labels: readonly Label[];
  /** With the time behind it, if it has one. */
  readonly value: string;
}

/** The samples that share a `# HELP` and a `# TYPE`. */
export interface Family {
  readonly name: string;
  /** Escapes included; undefined if the text has none. */
  readonly help: string | undefined;
  /** Undefined if the text has none. */
  readonly type: FamilyType | undefined;
  readonly samples: readonly Sample[];
}
