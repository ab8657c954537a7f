// Memory of loggers whose file takes no more data: README.md.
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LOGGERS } from './loggers.js';

const MEBIBYTE = 1024 * 1024;
const { values: options } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '60' },
    build: {
      type: 'string',
      default: fileURLToPath(new URL('../../../dist/libs/logging/src', import.meta.url)),
    },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'evernest-stalled-'));
try {
  const rows = {};
  for (const kind of Object.keys(LOGGERS)) rows[kind] = await measure(kind);
  console.log(`${options.lines} lines of about 250 bytes to a pipe that nobody reads:`);
  console.table(rows);
} finally {
  await rm(folder, { recursive: true });
}

async function measure(kind) {
  const path = join(folder, `${kind}.pipe`);
  execFileSync('mkfifo', [path]);
  // A reader that never reads; without one the pipe could not even be opened.
  const reader = await open(path, constants.O_RDWR | constants.O_NONBLOCK);
  const writer = fork(
    fileURLToPath(new URL('writer.js', import.meta.url)),
    [kind, path, options.lines, options.build],
    {
      execArgv: ['--expose-gc', '--max-old-space-size=4096'],
    },
  );
  let last = { lines: 0 };
  const done = new Promise((resolve) => {
    writer.on('message', (report) => {
      last = { ...last, ...report };
      if (report.isDone) resolve();
    });
  });
  const ended = once(writer, 'exit');
  const deadline = setTimeout(() => writer.kill('SIGKILL'), options.seconds * 1000);
  await Promise.race([done, ended]);
  clearTimeout(deadline);
  // It may wait for the pipe for ever.
  writer.kill('SIGKILL');
  await ended;
  await reader.close();
  return {
    'lines accepted': last.lines,
    'peak RSS, MiB': Math.round(last.peakRss / MEBIBYTE),
    'more than at first': last.rssBefore && Math.round((last.peakRss - last.rssBefore) / MEBIBYTE),
    seconds: last.isDone ? Number(last.seconds.toFixed(1)) : `stopped: killed after ${options.seconds}`,
  };
}
