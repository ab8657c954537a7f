/** A rotated file of a log, or any file that holds lines. */
export interface StoredFile {
  /** Without `.gz`. */
  readonly path: string;
  readonly isCompressed: boolean;
  /** By its name, in ms since 1970; Infinity if the name does not tell. */
  readonly rotatedAtMs: number;
  /** Between these times are its lines, in ms since 1970; rather too far than too near. */
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}
