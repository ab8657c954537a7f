// A process that appends numbered lines to a log file, as many as its parent allows.
// Arguments: JSON of {library, path, name}. Messages: {allowed, isLast}. Answers: {written}, in the end {losses}.
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const { library, path, name } = JSON.parse(process.argv[2]);
const { LogFile } = await import(pathToFileURL(`${library}/files/log-file.js`).href);
const { reopenOnSignal } = await import(pathToFileURL(`${library}/files/reopen-on-signal.js`).href);
const FLUSH_EVERY = 2000;
const LINES_OF_A_TURN = 100;

const file = new LogFile(path);
const stopReopening = reopenOnSignal([file]);
let allowed = 0;
let isLast = false;
process.on('message', (message) => ({ allowed, isLast } = message));
process.send({ written: 0 });

let number = 0;
for (;;) {
  if (number < allowed) {
    writeLine();
    number += 1;
  } else if (isLast) break;
  else await delay(2);
  // Lines are written while more are made.
  if (number % LINES_OF_A_TURN === 0) await nextTurn();
  if (number % FLUSH_EVERY !== 0) continue;
  await file.flush();
  process.send({ written: number });
}
await file.close();
stopReopening();
process.send({ written: number, losses: file.losses });
process.disconnect();

function writeLine() {
  const line = {
    time: new Date().toISOString(),
    level: 'info',
    message: `line ${number}`,
    name,
    number,
    padding: 'x'.repeat(number % 300),
  };
  file.write(`${JSON.stringify(line)}\n`, number % 1000 === 0 ? 'important' : 'droppable');
}
