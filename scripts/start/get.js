import { get as request } from 'node:http';
import { text } from 'node:stream/consumers';

const TIMEOUT_MS = 2_000;

/** One GET on a connection of its own, which nothing has to drain later. @throws after two seconds. */
export async function get(address) {
  const response = await new Promise((resolve, reject) => {
    request(address, { agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) }, resolve).on('error', reject);
  });
  return { status: response.statusCode, body: await text(response) };
}
