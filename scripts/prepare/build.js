import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failure } from '../failure.js';
import { run } from '../run.js';
import { secondsSince } from '../seconds-since.js';

const APPS = ['catalog', 'supervisor'];
const STAMP = 'dist/.source-digest';

/** Whether dist was built from these very sources; by their contents, as a git checkout makes old files new. */
export function buildIsCurrent(root) {
  return isBuilt(root) && readStamp(root) === sourceDigest(root);
}

export async function build(root) {
  const startedAt = Date.now();
  console.log('Building (some ten seconds)…');
  // The incremental compiler trusts its notes in dist, not that its output is still there.
  if (!isBuilt(root)) rmSync(join(root, 'dist'), { recursive: true, force: true });
  // A failed build may leave some of its output: the old stamp would call that current once the sources are back.
  rmSync(join(root, STAMP), { force: true });
  // Taken before: a file that is saved meanwhile makes the next start build again.
  const digest = sourceDigest(root);
  const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');
  const exitCode = await run(process.execPath, [nest, 'build', ...APPS], { cwd: root });
  if (exitCode !== 0)
    throw failure(`"nest build ${APPS.join(' ')}" failed (${exitCode}); what the compiler says is above.`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, STAMP), digest);
  console.log(`Built in ${secondsSince(startedAt)} s.`);
}

function isBuilt(root) {
  return APPS.every((app) => existsSync(join(root, `dist/apps/${app}/src/main.js`)));
}

export function sourceDigest(root) {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function sourceFiles(root) {
  const settings = readdirSync(root).filter((name) =>
    /^(tsconfig.*|nest-cli|package-lock)\.json$/.test(name),
  );
  const sources = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((path) => /\.(ts|json)$/.test(path) && !path.endsWith('.spec.ts'))
      .map((path) => join(folder, path)),
  );
  return [...settings, ...sources].toSorted((one, other) => (one < other ? -1 : 1));
}

function readStamp(root) {
  try {
    return readFileSync(join(root, STAMP), 'utf8');
  } catch {
    return undefined;
  }
}
