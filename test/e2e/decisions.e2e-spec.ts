import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../support/service.js';

const DECIDER = join(ROOT, 'test/support/decisions/decider.js');
const KILLS = 5;

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'evernest-decisions-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lets a supervisor decide, kills it after so many words, and returns what it said. */
async function decideUntilKilled(words: number): Promise<string[]> {
  const child = spawn(process.execPath, [DECIDER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => {
    said.push(line);
    if (said.length === words) child.kill('SIGKILL');
  });
  const [[, signal]] = await Promise.all([once(child, 'exit'), once(output, 'close')]);
  expect(signal).toBe('SIGKILL');
  return said;
}

const idsSaid = (said: readonly string[], what: 'begun' | 'finished') =>
  said.filter((line) => line.startsWith(what)).map((line) => line.split(' ')[1]);

function idsWritten(): string[] {
  const names = readdirSync(folder).filter((name) => /^decisions(\.\d)?\.ndjson$/.test(name));
  const age = (name: string) => Number(/\d/.exec(name)?.[0] ?? 0);
  return names
    .toSorted((one, other) => age(other) - age(one))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean))
    .map((line) => (JSON.parse(line) as { id: string }).id);
}

it('a supervisor that is killed at any moment leaves every finished decision exactly once, and finishes the one under way', async () => {
  const said: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) said.push(...(await decideUntilKilled(40 + 7 * kill)));
  const written = idsWritten();
  const finished = idsSaid(said, 'finished');

  expect(new Set(written).size).toBe(written.length);
  // At each kill one may be written and not be said any more.
  expect(written.length - finished.length).toBeLessThanOrEqual(KILLS);
  expect(written.filter((id) => finished.includes(id))).toEqual(finished);
  // Each that was begun before the last kill is finished by the next supervisor.
  const [last] = idsSaid(said, 'begun').slice(-1);
  expect(idsSaid(said, 'begun').filter((id) => id !== last && !written.includes(id!))).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toEqual([]);
});
