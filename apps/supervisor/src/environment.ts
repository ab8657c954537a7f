import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import {
  bearerToken,
  EnvironmentError,
  integerIn,
  oneOf,
  VariableReader,
  webAddress,
  type Variables,
} from '@evernest/environment';
import { parseUdpAddress, readLogSettings, type LogSettings, type UdpAddress } from '@evernest/logging';

/** Everything the supervisor is told from outside, validated once and frozen. */
export interface Environment {
  readonly mode: 'development' | 'production' | 'test';
  /** Where the service keeps what it writes, and its service doors. @default var */
  readonly stateDir: string;
  /** The address that the supervisor listens on. @default 127.0.0.1 */
  readonly host: string;
  /** The port of the supervisor; 0 takes a free one. @default 9615 */
  readonly port: number;
  /** The bearer token of operators; without one everything but health is refused. */
  readonly opsToken: string | null;
  /** What is logged and where, as the workers do. @default from info on in production, from debug on elsewhere; to files, without pm2 to stdout too */
  readonly log: LogSettings;
  /** Where lines that services send as datagrams are collected; null collects none. */
  readonly logCollector: UdpAddress | null;
  /** How many workers there should be. @default 2 */
  readonly workers: number;
  /** Where pm2's daemon listens. @default ~/.pm2/rpc.sock */
  readonly pm2Socket: string;
  /** pm2's number of the supervisor itself; null outside pm2. */
  readonly pmId: number | null;
  /** Who is told of what a person should know; may hold a secret. @default nobody */
  readonly alertWebhookUrl: string | null;
}

const MODES = ['development', 'production', 'test'] as const;

/** Reads `.env` of the working directory and the real environment, which wins. @throws EnvironmentError */
export function loadEnvironment(): Environment {
  // Not into process.env: pm2 would give it, secrets included, to the canary, and list it.
  const dotEnv = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return parseEnvironment({ ...dotEnv, ...process.env });
}

/** @throws EnvironmentError naming every variable that is wrong. */
export function parseEnvironment(variables: Variables): Environment {
  const reader = new VariableReader(variables);
  const { problems } = reader;
  const mode = reader.read('NODE_ENV', 'development', oneOf(MODES), `one of ${MODES.join(', ')}`);
  const pmId = reader.read('pm_id', null, integerIn(0, Number.MAX_SAFE_INTEGER), 'a whole number');
  const environment: Environment = {
    mode,
    stateDir: resolve(reader.text('STATE_DIR') ?? 'var'),
    host: reader.text('OPS_HOST') ?? '127.0.0.1',
    port: reader.read('OPS_PORT', 9615, integerIn(0, 65_535), 'a port number, 0 to 65535'),
    opsToken: reader.read<string | null>(
      'OPS_TOKEN',
      null,
      bearerToken,
      'printable ASCII characters without spaces',
    ),
    log: readLogSettings(reader, {
      level: mode === 'production' ? 'info' : 'debug',
      // Under pm2, what goes to stdout would cross its daemon.
      target: { files: true, stdout: pmId === null },
    }),
    logCollector: reader.read<UdpAddress | null>(
      'LOG_COLLECTOR',
      null,
      (text) => parseUdpAddress(text, 0),
      'HOST:PORT, such as 127.0.0.1:9616 or [::1]:9616',
    ),
    workers: reader.read('WEB_CONCURRENCY', 2, integerIn(1, 512), 'a whole number, 1 to 512'),
    pm2Socket: join(reader.text('PM2_HOME') ?? join(homedir(), '.pm2'), 'rpc.sock'),
    pmId,
    alertWebhookUrl: reader.read<string | null>(
      'ALERT_WEBHOOK_URL',
      null,
      webAddress,
      'a URL that begins with https:// or http://',
    ),
  };
  if (environment.opsToken === null && !isLoopback(environment.host)) {
    problems.push('OPS_HOST is reachable from other machines, so OPS_TOKEN must be set.');
  }
  if (reader.text('SERVICE_DOOR')) {
    problems.push('SERVICE_DOOR must not be set: the supervisor asks each worker through its Unix socket.');
  }
  if (problems.length > 0) throw new EnvironmentError(problems, environment);
  return Object.freeze(environment);
}

/** Where the log files of the workers and of the supervisor are. */
export function logFolder({ stateDir }: Pick<Environment, 'stateDir'>): string {
  return join(stateDir, 'log');
}

/** Where the supervisor keeps what it knows. */
export function supervisorFolder({ stateDir }: Pick<Environment, 'stateDir'>): string {
  return join(stateDir, 'supervisor');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
