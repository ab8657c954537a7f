import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { failure } from './failure.js';

/**
 * What the scripts and pm2's configuration need of `.env` and the environment, which wins. process.env stays as it
 * is: pm2 would remember what it holds for its workers, secrets included, and a later `.env` would change nothing.
 * @throws Failure naming the variables that are wrong.
 */
export function readSettings(root, environment = process.env) {
  const variables = { ...readDotEnv(join(root, '.env')), ...environment };
  const problems = [];

  function wholeNumber(name, fallback, least, most) {
    const text = variables[name]?.trim();
    if (!text) return fallback;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most))
      problems.push(`${name} must be a whole number, ${least} to ${most}.`);
    return value;
  }

  const settings = {
    host: variables['HOST']?.trim() || '127.0.0.1',
    // 0, a free port, is for single processes: the workers of a cluster have to agree on one.
    port: wholeNumber('PORT', 3000, 1, 65_535),
    opsHost: variables['OPS_HOST']?.trim() || '127.0.0.1',
    opsPort: wholeNumber('OPS_PORT', 9615, 1, 65_535),
    stateDir: resolve(root, variables['STATE_DIR']?.trim() || 'var'),
    workers: wholeNumber('WEB_CONCURRENCY', Math.max(2, Math.floor(availableParallelism() / 2)), 1, 512),
    drainTimeoutMs: wholeNumber('GUARD_DRAIN_TIMEOUT_MS', 10_000, 0, 600_000),
  };
  // Else the supervisor alone would not start, while the service looks well.
  const collector = variables['LOG_COLLECTOR']?.trim();
  if (collector && !/^(\[[^[\]]+\]|[\w.-]+):\d{1,5}$/.test(collector))
    problems.push('LOG_COLLECTOR must be HOST:PORT, such as 127.0.0.1:9616 or [::1]:9616.');
  if (problems.length > 0) throw failure(`Evernest cannot start: ${problems.join(' ')}`);
  return settings;
}

function readDotEnv(file) {
  if (!existsSync(file)) return {};
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    throw failure(`Cannot read ${file} (${error.code}).`, error);
  }
}
