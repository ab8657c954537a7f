import { statSync, truncateSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CONTENDERS, request } from './contenders.js';

/** Writes lines with one contender whenever it is told to, and says what processor time each line cost. */
const [name, folder] = process.argv.slice(2);
const { file, write, flush } = CONTENDERS[name](folder);
/** A request writes some lines, then the event loop gets its turn, and with it the file. */
const LINES_PER_REQUEST = 4;

process.on('message', (lines) => void measure(lines));

async function measure(lines) {
  const before = process.cpuUsage();
  for (let line = 0; line < lines; line += LINES_PER_REQUEST) {
    request.run(contextOf(line), writeLines, line);
    if (line % 64 === 0) await nextTurn();
  }
  await flush();
  const { user, system } = process.cpuUsage(before);
  const bytes = statSync(file).size;
  truncateSync(file);
  process.send({ microseconds: (user + system) / lines, bytes: bytes / lines });
}

function contextOf(line) {
  const requestId = `01jd7h2k9q-${line}`;
  return { requestId, method: 'GET', path: `/books/${line}`, route: '/books/:id', traceId: TRACE_ID };
}

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

function writeLines(line) {
  write(`book ${line} was found in the catalogue`);
  write('loan extended', { bookId: line, memberId: 'm-4711', days: 14, renewed: true });
  write(`no cover for book ${line}, the default one is shown`);
  write('search answered', { rows: 20, tookMs: 1.75, query: 'pride and prejudice', cached: false });
}
