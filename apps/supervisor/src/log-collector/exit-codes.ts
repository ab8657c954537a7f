/** What the log collector exits with. */
export const EXIT = {
  stopped: 0,
  /** It cannot listen there, or cannot read its file. */
  failed: 1,
  /** Wrong options or variables. */
  wrongUsage: 2,
} as const;
