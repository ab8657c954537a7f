/** The connections of one process to its database at this moment. */
export interface ConnectionCounts {
  readonly used: number;
  readonly idle: number;
  /** How many queries wait for one. */
  readonly waiting: number;
}
