import { isIPv6 } from 'node:net';

/** Where datagrams go to, or are received. */
export interface UdpAddress {
  /** An IP address, IPv6 without brackets, or a name. */
  readonly host: string;
  readonly port: number;
}

const HIGHEST_PORT = 65_535;

/**
 * Reads `HOST:PORT`, such as `127.0.0.1:9616`, `[::1]:9616` or `collector.internal:9616`; undefined if it is something
 * else.
 * @param lowestPort 0 for an address to listen on, where 0 takes a free port. @default 1
 */
export function parseUdpAddress(text: string, lowestPort: 0 | 1 = 1): UdpAddress | undefined {
  const [, bracketed, name, digits] = /^(?:\[([^[\]]+)\]|([\w.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  const host = bracketed ?? name;
  if (host === undefined || port < lowestPort || port > HIGHEST_PORT) return undefined;
  if (bracketed !== undefined && !isIPv6(bracketed)) return undefined;
  return { host, port };
}

/** The same the other way round. */
export function formatUdpAddress({ host, port }: UdpAddress): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
