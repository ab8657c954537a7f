import { once } from 'node:events';
import { connect } from 'node:net';

/** What a browser sends, as far as access logs look at it. */
const REQUEST = [
  'GET /books/7?language=en HTTP/1.1',
  'Host: bench',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Referer: http://bench/books',
  '\r\n',
].join('\r\n');

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

async function lengthOfAnswer(port) {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write(REQUEST);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`the server answered ${answer}`);
  return answer.length;
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
