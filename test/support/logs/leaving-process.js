// A process that logs and leaves at once in one of the ways. Arguments: the built library, the file, the way.
import { pathToFileURL } from 'node:url';

const [library, path, way] = process.argv.slice(2);
const { LogFile } = await import(pathToFileURL(`${library}/files/log-file.js`).href);
const file = new LogFile(path);
const MICROTASKS = 10;

const WAYS = {
  'has nothing left to do': () => undefined,
  'calls process.exit': () => process.exit(0),
  'throws an error that nobody catches': () => {
    throw new Error('thrown on purpose');
  },
};

// The last of them is with the thread pool before the event loop can turn again.
file.write('before\n', 'important');
await file.flush();
file.write('being written\n', 'important');
for (let step = 0; step < MICROTASKS; step += 1) await Promise.resolve();
file.write('waiting\n', 'droppable');
WAYS[way]();
