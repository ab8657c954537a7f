import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** An answer as it came, byte for byte. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** Sends exactly this and reads until the other side is done: clients of HTTP would tidy up what is odd about it. */
export async function sendRaw(
  place: { readonly path: string } | { readonly host: string; readonly port: number },
  requestLine: string,
  headers: readonly string[] = [],
  body = '',
): Promise<RawAnswer> {
  const socket = connect('path' in place ? { path: place.path } : { host: place.host, port: place.port });
  await once(socket, 'connect');
  const head = [`${requestLine} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  const answer = await text(socket);
  const [answerHead = '', ...rest] = answer.split('\r\n\r\n');
  const [statusLine = '', ...lines] = answerHead.split('\r\n');
  return { status: Number(statusLine.split(' ')[1]), headers: lines, body: rest.join('\r\n\r\n') };
}
