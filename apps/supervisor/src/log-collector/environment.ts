import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { EnvironmentError, VariableReader, type Variables } from '@evernest/environment';
import { parseUdpAddress, type UdpAddress } from '@evernest/logging';

/** What the log collector does unless it is told otherwise on the command line. */
export interface CollectorEnvironment {
  /** @default 127.0.0.1:9616 */
  readonly listen: UdpAddress;
  /** @default log/collected.log in STATE_DIR, which is var by default */
  readonly file: string;
}

/** Reads `.env` of the working directory and the real environment, which wins. @throws EnvironmentError */
export function loadEnvironment(): CollectorEnvironment {
  const dotEnv = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  return parseEnvironment({ ...dotEnv, ...process.env });
}

/** @throws EnvironmentError naming the variable that is wrong. */
export function parseEnvironment(variables: Variables): CollectorEnvironment {
  const reader = new VariableReader(variables);
  const environment = {
    listen: reader.read('LOG_COLLECTOR', DEFAULT_ADDRESS, listenAddress, LISTEN_ADDRESS_FORM),
    file: resolve(join(reader.text('STATE_DIR') ?? 'var', 'log', 'collected.log')),
  };
  if (reader.problems.length > 0) throw new EnvironmentError(reader.problems, environment);
  return Object.freeze(environment);
}

/** `HOST:PORT`; port 0 takes a free one. */
export function listenAddress(text: string): UdpAddress | undefined {
  return parseUdpAddress(text, 0);
}

export const LISTEN_ADDRESS_FORM = 'HOST:PORT, such as 127.0.0.1:9616 or [::1]:9616';

/** The loopback, because nothing in a datagram proves who sent it. */
const DEFAULT_ADDRESS: UdpAddress = { host: '127.0.0.1', port: 9616 };
