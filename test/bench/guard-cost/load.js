import { once } from 'node:events';
import { connect } from 'node:net';

const REQUEST = 'GET /books/7 HTTP/1.1\r\nHost: bench\r\nConnection: keep-alive\r\n\r\n';

/**
 * Asks the same thing again and again on some connections, one request at a time on each. Answers have one length, so
 * that counting bytes is enough and the client costs little. The connections stay, so that a turn may be short.
 */
export async function openConnections(port, count) {
  const answerBytes = await lengthOfAnswer(port);
  const sockets = await Promise.all(Array.from({ length: count }, () => openConnection(port, answerBytes)));
  return {
    /** Asks for so long, waits for the last answers and tells how many there were. */
    async countAnswers(forMs) {
      const startedAt = performance.now();
      const endsAt = startedAt + forMs;
      const counts = await Promise.all(sockets.map((socket) => askUntil(socket, endsAt)));
      const answers = counts.reduce((sum, answered) => sum + answered);
      return { answers, seconds: (performance.now() - startedAt) / 1000 };
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function openConnection(port, answerBytes) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = 0;
  socket.on('data', (chunk) => {
    received += chunk.length;
    if (received < answerBytes) return;
    received = 0;
    socket.emit('answer');
  });
  await once(socket, 'connect');
  return socket;
}

function askUntil(socket, endsAt) {
  return new Promise((resolve) => {
    let answers = 0;
    socket.on('answer', function next() {
      answers += 1;
      if (performance.now() < endsAt) {
        socket.write(REQUEST);
      } else {
        socket.off('answer', next);
        resolve(answers);
      }
    });
    socket.write(REQUEST);
  });
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
