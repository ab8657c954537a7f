import { connect } from 'node:net';

const REQUEST = 'GET /books/7 HTTP/1.1\r\nHost: bench\r\nConnection: keep-alive\r\n\r\n';

/**
 * Asks the same thing again and again on some connections, one request at a time on each, and counts the answers in a
 * given time. Answers have one length, so that counting bytes is enough and the client costs little.
 */
export async function countAnswers(port, connections, forMs) {
  const answerBytes = await lengthOfAnswer(port);
  let answers = 0;
  const sockets = Array.from({ length: connections }, () => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received = 0;
    socket.on('data', (chunk) => {
      received += chunk.length;
      if (received < answerBytes) return;
      received = 0;
      answers += 1;
      socket.write(REQUEST);
    });
    socket.write(REQUEST);
    return socket;
  });
  const startedAt = performance.now();
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const seconds = (performance.now() - startedAt) / 1000;
  const counted = answers;
  for (const socket of sockets) socket.destroy();
  return { answers: counted, seconds };
}

function lengthOfAnswer(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    socket.setEncoding('latin1').on('error', reject);
    socket.on('data', (chunk) => {
      text += chunk;
      const [head, body] = text.split('\r\n\r\n');
      const bodyBytes = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (!head.startsWith('HTTP/1.1 200')) reject(new Error(`the server answered ${head}`));
      if (body?.length !== bodyBytes) return;
      socket.destroy();
      resolve(text.length);
    });
    socket.write(REQUEST);
  });
}
