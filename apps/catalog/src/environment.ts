import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { databaseTarget } from '@evernest/database';
import { LOG_LEVELS, type LogLevel } from '@evernest/logging';

/** Everything the service is told from outside, validated once and frozen. */
export interface Environment {
  /** Decides the defaults of logging, and whether writes without tokens are allowed. */
  readonly mode: 'development' | 'production' | 'test';
  /** The address that the front door listens on. @default 127.0.0.1 */
  readonly host: string;
  /** The port of the front door; 0 takes a free one. @default 3000 */
  readonly port: number;
  /** Where the service keeps what it writes. @default var */
  readonly stateDir: string;
  /** @default sqlite:<stateDir>/catalog.db */
  readonly databaseUrl: string;
  /** @default info in production, debug elsewhere */
  readonly logLevel: LogLevel;
  /** Bearer tokens that may write; with none, production refuses writes and development allows them. */
  readonly writeTokens: readonly string[];
  /** Origins that browsers may call from; none by default. */
  readonly corsOrigins: readonly string[];
  /** How long requests in flight may take once the service was told to stop, in ms. @default 10000 */
  readonly drainTimeoutMs: number;
}

/** What is wrong with the environment, a sentence for each variable. Values are not told: they may be secrets. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join(' '));
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

const MODES = ['development', 'production', 'test'] as const;
const GUARD_VARIABLES = ['GUARD_DRAIN_TIMEOUT_MS', 'GUARD_HANG_TIMEOUT_MS', 'GUARD_MEMORY_LIMIT_MB'];

/** Reads `.env` of the working directory and the real environment, which wins. @throws EnvironmentError */
export function loadEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return parseEnvironment(process.env);
}

/** @throws EnvironmentError naming every variable that is wrong. */
export function parseEnvironment(variables: Variables): Environment {
  const problems = unknownGuardVariables(variables);

  function read<T>(name: string, fallback: T, parse: (value: string) => T | undefined, allowed: string): T {
    const value = variables[name]?.trim();
    if (!value) return fallback;
    const parsed = parse(value);
    if (parsed === undefined) problems.push(`${name} must be ${allowed}.`);
    return parsed ?? fallback;
  }

  const mode = read('NODE_ENV', 'development', oneOf(MODES), `one of ${MODES.join(', ')}`);
  const stateDir = resolve(variables['STATE_DIR']?.trim() || 'var');
  const environment: Environment = {
    mode,
    stateDir,
    host: variables['HOST']?.trim() || '127.0.0.1',
    port: read('PORT', 3000, integerIn(0, 65_535), 'a port number, 0 to 65535'),
    databaseUrl: read(
      'DATABASE_URL',
      `sqlite:${join(stateDir, 'catalog.db')}`,
      databaseUrl,
      'sqlite:<file> or postgres://user:password@host:port/name',
    ),
    logLevel: read(
      'LOG_LEVEL',
      mode === 'production' ? 'info' : 'debug',
      oneOf(LOG_LEVELS),
      `one of ${LOG_LEVELS.join(', ')}`,
    ),
    writeTokens: Object.freeze(read('WRITE_TOKENS', [], list, 'a comma-separated list of tokens')),
    corsOrigins: Object.freeze(
      read('CORS_ORIGINS', [], origins, 'a comma-separated list of origins such as https://example.org'),
    ),
    drainTimeoutMs: read(
      'GUARD_DRAIN_TIMEOUT_MS',
      10_000,
      integerIn(0, 600_000),
      'a whole number of milliseconds, 0 to 600000',
    ),
  };
  if (problems.length > 0) throw new EnvironmentError(problems);
  return Object.freeze(environment);
}

function unknownGuardVariables(variables: Variables): string[] {
  return Object.keys(variables)
    .filter((name) => name.startsWith('GUARD_') && !GUARD_VARIABLES.includes(name))
    .map((name) => `${name} is not a variable of the guard; it knows ${GUARD_VARIABLES.join(', ')}.`);
}

function oneOf<const Value extends string>(values: readonly Value[]) {
  return (text: string): Value | undefined => values.find((value) => value === text);
}

function integerIn(least: number, most: number) {
  return (text: string): number | undefined => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function origins(text: string): string[] | undefined {
  const values = list(text);
  return values.every((value) => URL.canParse(value) && new URL(value).origin === value) ? values : undefined;
}

function databaseUrl(text: string): string | undefined {
  try {
    databaseTarget(text);
    return text;
  } catch {
    return undefined;
  }
}
