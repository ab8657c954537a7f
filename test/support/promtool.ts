import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

/** A test that says in its name what is missing if it cannot run. */
export function itWithPromtool(name: string, test: () => Promise<void>, timeoutMs?: number): void {
  if (hasPromtool) it(name, test, timeoutMs);
  else it.skip(`${name} (promtool, of the package prometheus, is not installed)`, test);
}

/** What `promtool check metrics` says of it; nothing if all is well. */
export async function promtool(exposition: string): Promise<string> {
  const check = spawn('promtool', ['check', 'metrics'], { stdio: ['pipe', 'pipe', 'pipe'] });
  check.stdin.end(exposition);
  const [output, complaints, [exitCode]] = await Promise.all([
    text(check.stdout),
    text(check.stderr),
    once(check, 'exit'),
  ]);
  return exitCode === 0 ? output + complaints : `promtool ended with ${exitCode}: ${output}${complaints}`;
}
