import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { failure } from '../failure.js';
import { run } from '../run.js';
import { secondsSince } from '../seconds-since.js';

/** Whether node_modules holds what package-lock.json asks for, by the record that npm leaves of what it installed. */
export function dependenciesAreCurrent(root) {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(readPackages(join(root, 'package-lock.json')) ?? {})
    .filter(([path]) => path !== '')
    .every(([path, wanted]) => {
      const found = installed[path];
      // npm leaves out optional packages made for other machines.
      if (!found) return Boolean(wanted.optional ?? wanted.devOptional);
      return found.version === wanted.version && found.integrity === wanted.integrity;
    });
}

export async function install(root) {
  const startedAt = Date.now();
  console.log(
    'Installing dependencies (a few minutes the first time: better-sqlite3 may have to be compiled)…',
  );
  await runNpm(root, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  console.log(`Installed in ${secondsSince(startedAt)} s.`);
}

/** @throws Failure when npm fails; npm has said why. */
export async function runNpm(root, args) {
  const [command, ...first] = npmCommand();
  const exitCode = await run(command, [...first, ...args], { cwd: root }).catch((error) => error.code);
  if (exitCode !== 0) throw failure(`"npm ${args[0]}" failed (${exitCode}); what it says is above.`);
}

/** The npm that runs this script, if one does; another package manager may have set the variable too. */
function npmCommand() {
  const path = process.env.npm_execpath;
  return path && basename(path) === 'npm-cli.js' ? [process.execPath, path] : ['npm'];
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
