import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';

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

/** A variable that cannot be used. Values are not told: they may be secrets. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

type Variables = Readonly<Record<string, string | undefined>>;

const HIGHEST_PORT = 65_535;
/** Whoever listens on all addresses is reached at the loopback one. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Reads `.env` of the working directory and the real environment, which wins. @throws EnvironmentError */
export function loadEnvironment(): CliEnvironment {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env');
  } catch (error) {
    throw new EnvironmentError(
      `.env of this directory cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
      { cause: error },
    );
  }
  return parseEnvironment(process.env);
}

/** @throws EnvironmentError naming the variable. */
export function parseEnvironment(variables: Variables): CliEnvironment {
  const host = variables['OPS_HOST']?.trim() || '127.0.0.1';
  const port = variables['OPS_PORT']?.trim() || '9615';
  const token = variables['OPS_TOKEN']?.trim() || null;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > HIGHEST_PORT) {
    throw new EnvironmentError(`OPS_PORT must be a port number, 1 to ${HIGHEST_PORT}.`);
  }
  if (token !== null && !/^[\x21-\x7e]+$/.test(token)) {
    throw new EnvironmentError('OPS_TOKEN must consist of printable ASCII characters without spaces.');
  }
  if (!/^[\w.:%-]+$/.test(host)) throw new EnvironmentError('OPS_HOST must be a host name or an IP address.');
  const stateDir = resolve(variables['STATE_DIR']?.trim() || 'var');
  return Object.freeze({ host: LOOPBACK[host] ?? host, port: Number(port), token, stateDir });
}

/** `http://127.0.0.1:9615` */
export function addressOf({ host, port }: Pick<CliEnvironment, 'host' | 'port'>): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
