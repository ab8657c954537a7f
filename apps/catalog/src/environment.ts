import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { databaseTarget } from '@evernest/database';
import {
  bearerToken,
  commaSeparated,
  EnvironmentError,
  integerIn,
  oneOf,
  origins,
  VariableReader,
  type Variables,
} from '@evernest/environment';
import { readAccessLogFormat, readLogSettings, type LogSettings } from '@evernest/logging';
import { GUARD_LIMITS } from '@evernest/process-guard';
import { isLoopback, parseTcpAddress, type TcpAddress } from '@evernest/service-door';

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
  /** What is logged and where. @default from info on in production, from debug on elsewhere; to files, without pm2 to stdout too */
  readonly log: LogSettings;
  /** Morgan's name of the form of the access log, or a row of its tokens; null for none. @default json */
  readonly accessLog: string | null;
  /** How much memory the response cache may take; 0 turns it off. @default 32 MiB */
  readonly responseCacheBytes: number;
  /** Bearer tokens that may write; with none, production refuses writes and development allows them. */
  readonly writeTokens: readonly string[];
  /** Origins that browsers may call from; none by default. */
  readonly corsOrigins: readonly string[];
  /** Where the service door is on TCP; null keeps it on a Unix socket in `<stateDir>/run`. */
  readonly serviceDoor: TcpAddress | null;
  /** What the service door asks for on TCP; null asks for nothing, which only the loopback may. */
  readonly opsToken: string | null;
  /** pm2's number of this worker; null outside pm2. */
  readonly pmId: number | null;
  /** How many workers share the machine's memory. @default 1 */
  readonly workers: number;
  /** How long requests in flight may take once the service was told to stop, in ms. @default 10000 */
  readonly drainTimeoutMs: number;
  /** How long the event loop may stand still before the worker is killed, in ms; 0 never kills. @default 2000 */
  readonly hangTimeoutMs: number;
  /** The resident set at which a worker is replaced; null leaves it to the guard, which asks the container. */
  readonly memoryLimitBytes: number | null;
  /** How long a worker that asks to be recycled waits for the supervisor, in ms. @default 0 */
  readonly recycleGraceMs: number;
  /** Whether a worker that is replaced for memory leaves a heap snapshot. @default false */
  readonly heapSnapshots: boolean;
}

const NONE: readonly string[] = Object.freeze([]);
const MODES = ['development', 'production', 'test'] as const;
const GUARD_VARIABLES = [
  'GUARD_DRAIN_TIMEOUT_MS',
  'GUARD_HANG_TIMEOUT_MS',
  'GUARD_HEAP_SNAPSHOTS',
  'GUARD_MEMORY_LIMIT_MB',
  'GUARD_RECYCLE_GRACE_MS',
];
const MEBIBYTE = 1024 * 1024;
/** How long pm2 waits between SIGINT and SIGKILL if its configuration does not say. */
const PM2_KILL_TIMEOUT_MS = 1600;

/** Reads `.env` of the working directory and the real environment, which wins. @throws EnvironmentError */
export function loadEnvironment(): Environment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return parseEnvironment(process.env);
}

/** @throws EnvironmentError naming every variable that is wrong. */
export function parseEnvironment(variables: Variables): Environment {
  const reader = new VariableReader(variables, { tellsValueOf: GUARD_VARIABLES });
  const { problems } = reader;
  problems.push(...unknownGuardVariables(variables));
  const {
    drainTimeoutMs: drain,
    hangTimeoutMs: hang,
    memoryLimitBytes: memory,
    recycleGraceMs: grace,
  } = GUARD_LIMITS;

  const mode = reader.read('NODE_ENV', 'development', oneOf(MODES), `one of ${MODES.join(', ')}`);
  const stateDir = resolve(reader.text('STATE_DIR') ?? 'var');
  const pmId = reader.read('pm_id', null, integerIn(0, Number.MAX_SAFE_INTEGER), 'a whole number');
  const environment: Environment = {
    mode,
    stateDir,
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.read('PORT', 3000, integerIn(0, 65_535), 'a port number, 0 to 65535'),
    databaseUrl: reader.read(
      'DATABASE_URL',
      `sqlite:${join(stateDir, 'catalog.db')}`,
      databaseUrl,
      'sqlite:<file> or postgres://user:password@host:port/name',
    ),
    log: readLogSettings(reader, {
      level: mode === 'production' ? 'info' : 'debug',
      // Under pm2, what goes to stdout would cross its daemon.
      target: { files: true, stdout: pmId === null },
    }),
    accessLog: readAccessLogFormat(reader),
    responseCacheBytes: reader.read(
      'RESPONSE_CACHE_MB',
      32 * MEBIBYTE,
      megabytesIn(0, 4096),
      'a whole number of megabytes, 0 to 4096',
    ),
    writeTokens: reader.read('WRITE_TOKENS', NONE, commaSeparated, 'a comma-separated list of tokens'),
    corsOrigins: reader.read(
      'CORS_ORIGINS',
      NONE,
      origins,
      'a comma-separated list of origins such as https://example.org',
    ),
    serviceDoor: reader.read<TcpAddress | null>(
      'SERVICE_DOOR',
      null,
      parseTcpAddress,
      'tcp:HOST:PORT, such as tcp:127.0.0.1:9000 or tcp:[::1]:9000',
    ),
    opsToken: reader.read<string | null>(
      'OPS_TOKEN',
      null,
      bearerToken,
      'a token of visible ASCII characters',
    ),
    pmId,
    workers: reader.read('WEB_CONCURRENCY', 1, integerIn(1, 512), 'a whole number, 1 to 512'),
    drainTimeoutMs: reader.read(
      'GUARD_DRAIN_TIMEOUT_MS',
      drain.fallback,
      integerIn(drain.least, drain.most),
      `a whole number of milliseconds, ${drain.least} to ${drain.most}`,
    ),
    hangTimeoutMs: reader.read(
      'GUARD_HANG_TIMEOUT_MS',
      hang.fallback,
      (text) => (text === '0' ? 0 : integerIn(hang.least, hang.most)(text)),
      `0, which never kills, or a whole number of milliseconds, ${hang.least} to ${hang.most}`,
    ),
    memoryLimitBytes: reader.read<number | null>(
      'GUARD_MEMORY_LIMIT_MB',
      memory.fallback,
      megabytesIn(memory.least / MEBIBYTE, memory.most / MEBIBYTE),
      `a whole number of megabytes, ${memory.least / MEBIBYTE} to ${memory.most / MEBIBYTE}`,
    ),
    recycleGraceMs: reader.read(
      'GUARD_RECYCLE_GRACE_MS',
      grace.fallback,
      integerIn(grace.least, grace.most),
      `a whole number of milliseconds, ${grace.least} to ${grace.most}`,
    ),
    heapSnapshots:
      reader.read('GUARD_HEAP_SNAPSHOTS', 'false', oneOf(['true', 'false']), 'true or false') === 'true',
  };
  problems.push(...openToEverybody(environment));
  if (environment.pmId !== null) {
    problems.push(
      ...contradictionsWithPm2(environment, Number(variables['kill_timeout']) || PM2_KILL_TIMEOUT_MS),
    );
  }
  if (problems.length > 0) throw new EnvironmentError(problems, environment);
  return Object.freeze(environment);
}

/** Where the sockets of the workers' service doors are. */
export function runFolder({ stateDir }: Pick<Environment, 'stateDir'>): string {
  return join(stateDir, 'run');
}

/** Where the log files are. */
export function logFolder({ stateDir }: Pick<Environment, 'stateDir'>): string {
  return join(stateDir, 'log');
}

/** Where the process guard writes. */
export function guardFolder({ stateDir }: Pick<Environment, 'stateDir'>): string {
  return join(stateDir, 'guard');
}

function unknownGuardVariables(variables: Variables): string[] {
  return Object.keys(variables)
    .filter((name) => name.startsWith('GUARD_') && !GUARD_VARIABLES.includes(name))
    .map((name) => `${name} is not a variable of the guard; it knows ${GUARD_VARIABLES.join(', ')}.`);
}

function openToEverybody({ serviceDoor, opsToken }: Environment): string[] {
  if (!serviceDoor || isLoopback(serviceDoor.host) || opsToken !== null) return [];
  return [
    'OPS_TOKEN must be set, because SERVICE_DOOR is at an address that other machines can reach; or put it at tcp:127.0.0.1:PORT.',
  ];
}

function contradictionsWithPm2({ drainTimeoutMs }: Environment, killTimeoutMs: number): string[] {
  if (drainTimeoutMs < killTimeoutMs) return [];
  return [
    `GUARD_DRAIN_TIMEOUT_MS must be less than pm2's kill_timeout, ${killTimeoutMs} ms, and is ${drainTimeoutMs}: pm2 would kill the worker while it drains.`,
  ];
}

function megabytesIn(least: number, most: number) {
  return (text: string): number | undefined => {
    const megabytes = integerIn(least, most)(text);
    return megabytes === undefined ? undefined : megabytes * MEBIBYTE;
  };
}

function databaseUrl(text: string): string | undefined {
  try {
    databaseTarget(text);
    return text;
  } catch {
    return undefined;
  }
}
