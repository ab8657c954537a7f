import { parse } from 'node:path';

const ROTATED =
  /^(?<stem>.+)-(?<time>\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z)(?:-(?<number>\d+))?(?<extension>\.[^.]+)(?<gz>\.gz)?$/;

/** A file that was rotated, as its name tells. */
export interface RotatedName {
  readonly fileName: string;
  /** The name that it had, such as `combined.log`. */
  readonly of: string;
  readonly isCompressed: boolean;
  /** Sorts the files of one name by when they were rotated. */
  readonly order: string;
}

/** `combined.log` as it is called after its rotation: `combined-2026-11-21T18-00-00.123Z.log`. */
export function rotatedName(fileName: string, at: Date, number: number): string {
  const { name, ext } = parse(fileName);
  // Colons are not allowed in names of files everywhere.
  const time = at.toISOString().replaceAll(':', '-');
  return `${name}-${time}${number === 0 ? '' : `-${number}`}${ext}`;
}

/** @returns undefined if the name is not that of a rotated file */
export function readRotatedName(fileName: string): RotatedName | undefined {
  const parts = ROTATED.exec(fileName)?.groups;
  if (parts === undefined) return undefined;
  return {
    fileName,
    of: `${parts['stem']}${parts['extension']}`,
    isCompressed: parts['gz'] !== undefined,
    order: `${parts['time']}-${(parts['number'] ?? '').padStart(6, '0')}`,
  };
}
