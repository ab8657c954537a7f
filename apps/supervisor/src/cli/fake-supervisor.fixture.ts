import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Plays the supervisor's HTTP API on loopback: what is not set up is 404. */
export class FakeSupervisor {
  /** `GET /workers?limit=1`, in the order in which they came. */
  readonly asked: string[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  readonly bodies: unknown[] = [];
  private readonly answers = new Map<string, Answer>();
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  /** @param route method and path without query, such as `GET /workers` */
  on(route: string, answer: Answer): this {
    this.answers.set(route, answer);
    return this;
  }

  gives(route: string, body: unknown, status = 200): this {
    return this.on(route, (_request, response) => sendJson(response, status, body));
  }

  refuses(route: string, status: number, problem: Readonly<Record<string, unknown>>): this {
    return this.on(route, (_request, response) =>
      sendJson(response, status, { status, ...problem }, 'application/problem+json'),
    );
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request;
    this.asked.push(`${method} ${url}`);
    this.headers.push(headers);
    const answer = this.answers.get(`${method} ${url.split('?', 1)[0]}`);
    void this.noteBody(request).then(() =>
      answer
        ? answer(request, response)
        : sendJson(response, 404, { title: 'Not found', detail: `There is no ${url}.` }),
    );
  }

  private async noteBody(request: IncomingMessage): Promise<void> {
    if (request.headers['content-type'] === 'application/json') this.bodies.push(await json(request));
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  type = 'application/json',
): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

/** Begins a stream of events. @returns what sends one */
export function eventStream(response: ServerResponse): (type: string, data: unknown, id?: string) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return (type, data, id) => {
    response.write(`event: ${type}\n${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(data)}\n\n`);
  };
}
