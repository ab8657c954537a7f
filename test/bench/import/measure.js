import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { generateCatalogue } from './generate.js';

const IMPORT = fileURLToPath(new URL('../../../dist/apps/catalog/src/import/main.js', import.meta.url));
const PRELOAD = new URL('report-peak-memory.js', import.meta.url).href;
const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 100_000, 1_000_000];

/** `node test/bench/import/measure.js [ROWS…]`: imports catalogues of these sizes into a new SQLite database each. */
const folder = await mkdtemp(join(tmpdir(), 'evernest-bench-'));
try {
  const results = [];
  for (const rows of SIZES) results.push(await measure(rows));
  console.table(results);
} finally {
  await rm(folder, { recursive: true });
}

async function measure(rows) {
  const file = join(folder, `${rows}.csv`);
  const database = join(folder, `${rows}.db`);
  await generateCatalogue(file, rows);
  const startedAt = performance.now();
  const { summary, peakKib } = await runImport(file, database);
  const seconds = (performance.now() - startedAt) / 1000;
  const reading = Number(/ in ([\d.]+) s/.exec(summary)?.[1]);
  const result = {
    rows,
    'file MB': megabytes((await stat(file)).size),
    'database MB': megabytes((await stat(database)).size),
    'whole command s': Number(seconds.toFixed(1)),
    'import s': reading,
    'rows/s': Math.round(rows / reading),
    'peak RSS MB': Math.round(peakKib / 1024),
  };
  await rm(file);
  await rm(database);
  return result;
}

async function runImport(file, database) {
  const child = spawn(process.execPath, ['--import', PRELOAD, IMPORT, file], {
    env: { ...process.env, DATABASE_URL: `sqlite:${database}` },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const [summary, peak, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stdio[3]),
    once(child, 'exit'),
  ]);
  if (exitCode !== 0) throw new Error(`the import exited with ${exitCode}: ${summary}`);
  return { summary, peakKib: Number(peak) };
}

function megabytes(bytes) {
  return Math.round(bytes / 1e6);
}
