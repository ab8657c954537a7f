// A process that logs and leaves at once in one of the ways. Arguments: the built library, the file, the way.
import { pathToFileURL } from 'node:url';

const [library, path, way] = process.argv.slice(2);
const { LogFile } = await import(pathToFileURL(`${library}/files/log-file.js`).href);
const file = new LogFile(path);

const WAYS = {
  'has nothing left to do': () => undefined,
  'calls process.exit': () => process.exit(0),
  'throws an error that nobody catches': () => {
    throw new Error('thrown on purpose');
  },
};

file.write('being written\n', 'important');
setImmediate(() => {
  file.write('being written as well\n', 'important');
  file.write('waiting\n', 'droppable');
  WAYS[way]();
});
