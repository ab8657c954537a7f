/**
 * What is read at a scrape: one number, or one for each value of the label. Null leaves the sample out, for what is not known
 * yet.
 */
export type ReadingValue = number | null | Readonly<Record<string, number>>;

/** A metric that is asked for its value at each scrape, and costs nothing between scrapes. */
export interface Reading {
  /** By Prometheus' conventions: base units (`_seconds`, `_bytes`), `_total` for counters. */
  readonly name: string;
  /** One sentence for a person. */
  readonly help: string;
  /** A counter must only rise, and begins at 0 with the process. */
  readonly type: 'gauge' | 'counter';
  /** The name of the one label, whose values are the keys of what is read. They must be few and known beforehand. */
  readonly label?: string;
  /** What throws or rejects is left out of the scrape, and logged once. */
  readonly read: () => ReadingValue | Promise<ReadingValue>;
}
