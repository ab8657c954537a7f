import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import {
  bearerToken,
  EnvironmentError,
  integerIn,
  VariableReader,
  type Variables,
} from '@evernest/environment';

/** Where the supervisor is, what it wants to see, and where the service keeps its files. */
export interface CliEnvironment {
  /** @default 127.0.0.1; an address that means all of them becomes the loopback one */
  readonly host: string;
  /** @default 9615 */
  readonly port: number;
  /** The bearer token; null if there is none. Never printed. */
  readonly token: string | null;
  /** Where the service keeps what it writes, its logs among it. @default var */
  readonly stateDir: string;
}

const HIGHEST_PORT = 65_535;
/** Whoever listens on all addresses is reached at the loopback one. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Reads `.env` of the working directory and the real environment, which wins. @throws EnvironmentError */
export function loadEnvironment(): CliEnvironment {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    throw new EnvironmentError([`.env of this directory cannot be read (${code}).`], parseEnvironment({}));
  }
  return parseEnvironment(process.env);
}

/** @throws EnvironmentError naming every variable that is wrong. */
export function parseEnvironment(variables: Variables): CliEnvironment {
  const reader = new VariableReader(variables);
  const environment = Object.freeze({
    host: reader.read('OPS_HOST', '127.0.0.1', reachableHost, 'a host name or an IP address'),
    port: reader.read('OPS_PORT', 9615, integerIn(1, HIGHEST_PORT), `a port number, 1 to ${HIGHEST_PORT}`),
    token: reader.read<string | null>(
      'OPS_TOKEN',
      null,
      bearerToken,
      'printable ASCII characters without spaces',
    ),
    stateDir: resolve(reader.text('STATE_DIR') ?? 'var'),
  });
  if (reader.problems.length > 0) throw new EnvironmentError(reader.problems, environment);
  return environment;
}

function reachableHost(text: string): string | undefined {
  return /^[\w.:%-]+$/.test(text) ? (LOOPBACK[text] ?? text) : undefined;
}

/** `http://127.0.0.1:9615` */
export function addressOf({ host, port }: Pick<CliEnvironment, 'host' | 'port'>): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
