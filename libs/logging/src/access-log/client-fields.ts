import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Longer texts are not kept, or a client that sends them on many connections would fill the memory. */
const LONGEST_KEPT = 1024;

interface Client {
  readonly address: string;
  readonly referrer: string | string[] | undefined;
  readonly userAgent: string | undefined;
  readonly text: string;
}

/**
 * Puts what a client tells of itself into words once for each connection: it tells the same with most of its requests,
 * and to look for secrets and for what is unsafe in a line takes half as long as all the rest of the line.
 */
export class ClientFields {
  private readonly bySocket = new WeakMap<Socket, Client>();

  /** @param write must look at nothing but the address, the referrer and the user agent */
  constructor(private readonly write: (request: FastifyRequest) => string) {}

  of(request: FastifyRequest): string {
    const { headers, ip: address } = request;
    const { socket } = request.raw;
    const userAgent = headers['user-agent'];
    const referrer = headers.referer ?? headers['referrer'];
    const known = this.bySocket.get(socket);
    if (known?.address === address && known.userAgent === userAgent && known.referrer === referrer) {
      return known.text;
    }
    const text = this.write(request);
    if (text.length <= LONGEST_KEPT) this.bySocket.set(socket, { address, referrer, userAgent, text });
    return text;
  }
}
