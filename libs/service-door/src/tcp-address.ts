import { BlockList, isIPv6 } from 'node:net';

/** Where a server listens on TCP. */
export interface TcpAddress {
  /** An IP address, IPv6 without brackets, or a name. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Reads `tcp:HOST:PORT`, such as `tcp:127.0.0.1:9000` or `tcp:[::1]:9000`; undefined if it is something else. */
export function parseTcpAddress(text: string): TcpAddress | undefined {
  const [, bracketed, name, digits] = /^tcp:(?:\[([^[\]]+)\]|([^:[\]\s/]+)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  const host = bracketed ?? name;
  if (host === undefined || port > 65_535) return undefined;
  if (bracketed !== undefined && !isIPv6(bracketed)) return undefined;
  return { host, port };
}

/** The same the other way round. */
export function formatTcpAddress({ host, port }: TcpAddress): string {
  return `tcp:${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Whether nobody but this machine can reach what listens there. */
export function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  return LOOPBACK.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}
