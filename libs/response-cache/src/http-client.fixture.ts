import { request, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks as plainly as can be: `fetch` adds headers of its own and decodes bodies. */
export function ask(
  url: string,
  { method = 'GET', ...headers }: Record<string, string> = {},
  signal?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false, ...(signal && { signal }) })
      .on('response', (response) => {
        buffer(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          reject,
        );
      })
      .on('error', reject)
      .end();
  });
}
