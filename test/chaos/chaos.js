import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../scripts/failure.js';
import { stopSignal } from '../../scripts/start/stop-signal.js';
import { readCommandLine } from './command-line.js';
import { EXIT } from './exit-codes.js';
import { listText } from './report/list.js';
import { machine } from './report/machine.js';
import { reportText } from './report/text.js';
import { isAsWanted } from './report/verdict.js';
import { runScenarios } from './run-scenarios.js';
import { SCENARIOS } from './scenarios/index.js';
import { TARGETS } from './targets/index.js';

const known = { targets: TARGETS, scenarios: SCENARIOS };
const wanted = readCommandLine(process.argv.slice(2), known);
if (typeof wanted === 'number') process.exitCode = wanted;
else if (wanted.list) console.log(listText(known));
else if (process.platform !== 'linux') {
  console.error('The chaos suite runs on Linux only: it reads /proc.');
  process.exitCode = EXIT.wrongUsage;
} else process.exitCode = await main(stopSignal());

async function main(signal) {
  const folder = mkdtempSync(join(tmpdir(), 'evernest-chaos-'));
  try {
    const results = await runScenarios(wanted, { folder, signal, tell: (text) => console.error(text) });
    if (results.length > 0) console.log(reportText(results));
    if (wanted.json) writeFileSync(wanted.json, `${JSON.stringify({ ...machine(), results }, null, 1)}\n`);
    if (signal.aborted) return EXIT.interrupted;
    return results.every(isAsWanted) ? EXIT.held : EXIT.notHeld;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    return EXIT.notHeld;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
