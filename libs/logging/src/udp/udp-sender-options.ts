import type { UdpAddress } from './udp-address.js';

export interface UdpSenderOptions {
  /** The collector. A name is resolved again each minute and after failures. */
  readonly address: UdpAddress;
  /** pm2's number of the worker, part of the sender's id. @default none, written as `-` */
  readonly worker?: number;
  /**
   * How large a datagram may be, from 480 to 65,507 bytes; longer lines are cut. Each that exceeds what the path carries
   * in one packet (1,472 bytes on Ethernet) travels in fragments and is lost with any one of them. Receivers that are to
   * take it must read as much: Fluent Bit and Logstash do with their defaults (32 and 64 KiB), Fluentd reads 4,096.
   * @default 8192, a size common to GELF and syslog receivers; a line of this service seldom exceeds 1,000 bytes
   */
  readonly maxDatagramBytes?: number;
  /** Is told once that lines do not go out, and once that they do again. */
  readonly tell: (sentence: string) => void;
}

/** The least that every receiver of syslog over IPv4 must take: RFC 5426, section 3.2. */
const LEAST_DATAGRAM_BYTES = 480;
/** What a 16-bit length leaves after the headers of IPv4 (20) and UDP (8). */
const MOST_DATAGRAM_BYTES = 65_507;

/** @throws Error naming the option that is wrong and what it may be. */
export function resolveUdpSenderOptions(options: UdpSenderOptions) {
  const { address, worker, maxDatagramBytes = 8192, tell } = options;
  if (
    !Number.isInteger(maxDatagramBytes) ||
    maxDatagramBytes < LEAST_DATAGRAM_BYTES ||
    maxDatagramBytes > MOST_DATAGRAM_BYTES
  ) {
    throw new Error(
      `maxDatagramBytes must be a whole number from ${LEAST_DATAGRAM_BYTES} to ${MOST_DATAGRAM_BYTES}, not ${maxDatagramBytes}.`,
    );
  }
  return Object.freeze({ address, worker, maxDatagramBytes, tell });
}
