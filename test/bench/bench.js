import { writeFileSync } from 'node:fs';
import { failure } from '../../scripts/failure.js';
import { stopSignal } from '../../scripts/start/stop-signal.js';
import { readCommandLine } from './command-line.js';
import { listText } from './report/list.js';
import { reportPage } from './report/page.js';
import { reportText } from './report/text.js';
import { runBenchmark } from './run-benchmark.js';
import { runInFolder } from './run-in-folder.js';
import { TARGETS } from './targets/index.js';
import { WORKLOADS } from './workloads/index.js';

const known = { targets: TARGETS, workloads: WORKLOADS };
const wanted = readCommandLine(process.argv.slice(2), known);
if (typeof wanted === 'number') process.exitCode = wanted;
else if (wanted.list) console.log(listText(known));
else process.exitCode = await main(stopSignal());

function main(signal) {
  return runInFolder('evernest-bench-', signal, async (folder) => {
    makeFiles(wanted);
    publish(await runBenchmark(wanted, { folder, signal, tell: (text) => console.error(text) }));
  });
}

/** What cannot be written is told before half an hour of measuring, and not after it. */
function makeFiles({ json, html }) {
  for (const file of [json, html].filter((name) => name !== undefined && name !== '-')) {
    try {
      writeFileSync(file, '');
    } catch (error) {
      throw failure(`${file} cannot be written: ${error.message}`);
    }
  }
}

function publish(run) {
  const { json, html, quick } = wanted;
  const text = `${JSON.stringify(run, null, 1)}\n`;
  if (json === '-') process.stdout.write(text);
  else if (quick)
    console.log('All targets run and answer alike. The figures of so short a run mean nothing.');
  else console.log(reportText(run));
  if (json !== undefined && json !== '-') writeFileSync(json, text);
  if (html !== undefined) writeFileSync(html, reportPage(run));
}
