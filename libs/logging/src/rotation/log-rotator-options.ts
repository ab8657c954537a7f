export interface LogRotatorOptions {
  /** Where the log files and the rotated ones are. */
  readonly folder: string;
  /** The files to rotate, such as `combined.log`. Others in the folder are left alone. */
  readonly fileNames: readonly string[];
  /**
   * A file is rotated when it has so many bytes. It may grow beyond by what is written in a second.
   * @default 64 MiB: a quarter of a million lines, half a second to compress, a few to search
   */
  readonly maxBytes?: number;
  /** How many rotated files of each name are kept. @default 14: two weeks of days */
  readonly maxFiles?: number;
  /** How much all rotated files together may take, in bytes; the latest of a name counts once it is compressed. @default 1 GiB */
  readonly maxTotalBytes?: number;
}

export const LOG_ROTATOR_DEFAULTS = {
  maxBytes: 64 * 1024 * 1024,
  maxFiles: 14,
  maxTotalBytes: 1024 * 1024 * 1024,
} as const;
