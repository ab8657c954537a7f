// A process that logs to its stdout more than is read. Arguments: JSON of {library, lines}. It reports when it is
// through; then it obeys: `exit` ends it with code 3, `go on` once it has written everything.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const { library, lines } = JSON.parse(process.argv[2]);
const { LogFile } = await import(pathToFileURL(`${library}/files/log-file.js`).href);
const file = new LogFile({ fd: 1 });
const LINES_OF_A_TURN = 100;

for (let number = 0; number < lines; number += 1) {
  file.write(
    `${JSON.stringify({ time: new Date().toISOString(), number, message: 'x'.repeat(200) })}\n`,
    'droppable',
  );
  if (number % LINES_OF_A_TURN === 0) await nextTurn();
}

process.once('message', (message) => {
  if (message === 'exit') process.exit(3);
  void leave();
});
process.send({ ...file.losses, rssBytes: process.memoryUsage.rss() });

async function leave() {
  await file.flush();
  await file.close();
  process.disconnect();
}
