import { setTimeout as delay } from 'node:timers/promises';
import { WRITE_TOKEN } from './service.js';

/** An answer with its body read: JSON where it says so, text elsewhere. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- suites look into bodies of any shape
  readonly body: any;
}

/** Speaks to a service as a client would. */
export class Api {
  constructor(private readonly url: string) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { headers });
  }

  post(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#write('POST', path, body, headers);
  }

  patch(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#write('PATCH', path, body, headers);
  }

  delete(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#write('DELETE', path, undefined, headers);
  }

  /** Sends exactly this, with no header added. */
  raw(path: string, init: RequestInit): Promise<Answer> {
    return this.#send(path, init);
  }

  #write(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    return this.#send(path, {
      method,
      headers: {
        authorization: `Bearer ${WRITE_TOKEN}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, init);
    const text = await response.text();
    const isJson =
      /json/.test(response.headers.get('content-type') ?? '') &&
      !/ndjson/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    };
  }
}

/** Does as a client should that is shed by a worker on a machine that is too busy: it asks again. */
export async function served(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer.body?.code !== 'OVERLOADED') return answer;
    await delay(Number(answer.headers.get('retry-after')) * 1000);
  }
}
