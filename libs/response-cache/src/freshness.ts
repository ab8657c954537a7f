/** Where the answers come from, such as a database, and whether it has changed. */
export interface Freshness {
  /**
   * Differs from every earlier value once anything that an answer is made of may have changed; undefined while nobody
   * can know. Asked for every request to a cached route, so it must be cheap.
   */
  version(): number | undefined;
}
