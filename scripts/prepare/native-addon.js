import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runNpm } from './dependencies.js';

const require = createRequire(import.meta.url);

/** False after a change of Node's major version: a compiled addon fits only the Node that it was compiled for. */
export function nativeAddonLoads(root) {
  try {
    require(join(root, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'));
    return true;
  } catch {
    return false;
  }
}

export async function rebuildNativeAddon(root) {
  console.log(`Compiling better-sqlite3 for Node ${process.versions.node} (about a minute)…`);
  await runNpm(root, ['rebuild', 'better-sqlite3', '--loglevel=error']);
}
