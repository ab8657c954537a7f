/** Tells whether anything in the database may have changed, whoever changed it. */
export interface DatabaseChanges {
  /**
   * Differs from every earlier value once anything was committed; undefined while nobody can know.
   *
   * On SQLite a commit by any process shows at once. On PostgreSQL it shows within milliseconds, and within
   * `POSTGRES_STALENESS_BOUND_MS` in the worst case.
   */
  version(): number | undefined;
  /** This process has committed something: that shows at once, before anybody is told of it. */
  noteOwnCommit(): void;
  stop(): Promise<void>;
}
