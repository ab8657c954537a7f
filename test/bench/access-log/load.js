import { once } from 'node:events';
import { connect } from 'node:net';

/** What a browser sends, as far as access logs look at it. */
const HEADERS = [
  'Host: bench',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Referer: http://bench/books',
];

/**
 * Asks the same thing again and again on some connections, one request at a time on each. Answers have one length, so
 * that counting bytes is enough and the client costs little. The connections stay, so that a turn may be short.
 */
export async function openConnections(port, count, path) {
  const request = [`GET ${path} HTTP/1.1`, ...HEADERS, '', ''].join('\r\n');
  const answerBytes = await lengthOfAnswer(port, request);
  const sockets = await Promise.all(Array.from({ length: count }, () => openConnection(port, answerBytes)));
  return {
    /** Asks for so long, waits for the last answers and tells how many there were. */
    async countAnswers(forMs) {
      const startedAt = performance.now();
      const endsAt = startedAt + forMs;
      const counts = await Promise.all(sockets.map((socket) => askUntil(socket, request, endsAt)));
      const answers = counts.reduce((sum, answered) => sum + answered);
      return { answers, seconds: (performance.now() - startedAt) / 1000 };
    },
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function lengthOfAnswer(port, request) {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write(request);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  requireSuccess(answer);
  return answer.length;
}

async function openConnection(port, answerBytes) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let received = 0;
  socket.on('data', (chunk) => {
    if (received === 0) requireSuccess(chunk.latin1Slice(0, 12));
    received += chunk.length;
    if (received < answerBytes) return;
    received = 0;
    socket.emit('answer');
  });
  await once(socket, 'connect');
  return socket;
}

function askUntil(socket, request, endsAt) {
  return new Promise((resolve) => {
    let answers = 0;
    socket.on('answer', function next() {
      answers += 1;
      if (performance.now() < endsAt) {
        socket.write(request);
      } else {
        socket.off('answer', next);
        resolve(answers);
      }
    });
    socket.write(request);
  });
}

/** Answers of other kinds would cost something else. */
function requireSuccess(answer) {
  if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`the server answered ${answer}`);
}
