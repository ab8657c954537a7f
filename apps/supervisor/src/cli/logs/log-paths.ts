import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogsRequest } from './logs-request.js';

/** Where the logs are that are asked for: the application's unless it is told otherwise. */
export function logPaths(
  stateDir: string,
  files: readonly string[],
  { source = [], access, request }: Pick<LogsRequest, 'source' | 'access' | 'request'>,
): readonly string[] {
  const inFolder = (name: string) => join(stateDir, 'log', `${name}.log`);
  const named = [...source.map(inFolder), ...files];
  const paths = named.length > 0 ? named : [inFolder('combined')];
  // A request is in both, if there is an access log.
  const isAccessWanted =
    access ?? (named.length === 0 && request !== undefined && existsSync(inFolder('access')));
  return isAccessWanted ? [...paths, inFolder('access')] : paths;
}
