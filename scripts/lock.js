import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failure } from './failure.js';
import { processIdentity } from './process-identity.js';

const POLL_INTERVAL_MS = 200;
const OWNER = 'owner';

/** Runs `work` while no other process holds `folder`; waits for one that does, and says once what it waits for. */
export async function withLock(folder, purpose, work) {
  let lock = tryLock(folder);
  if (lock.holder) console.log(`Process ${lock.holder} is ${purpose}; waiting for it…`);
  while (!lock.release) {
    await delay(POLL_INTERVAL_MS);
    lock = tryLock(folder);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/**
 * Takes `folder` as a lock: `{ release }`, or `{ holder }` with the id of the living process that has it.
 * The lock of a process that is gone is taken over. @throws Failure when the folder cannot be written.
 */
export function tryLock(folder) {
  for (;;) {
    if (create(folder)) return { release: () => rmSync(folder, { recursive: true, force: true }) };
    const owner = readOwner(folder);
    const pid = Number.parseInt(owner, 10);
    if (owner && processIdentity(pid) === owner) return { holder: pid };
    discard(folder, owner);
  }
}

/** A folder moves into place with its owner inside: no other process ever sees a lock without one. */
function create(folder) {
  const candidate = writeCandidate(folder);
  try {
    renameSync(candidate, folder);
    return true;
  } catch (error) {
    rmSync(candidate, { recursive: true, force: true });
    if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false;
    throw unwritable(folder, error);
  }
}

function writeCandidate(folder) {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    const candidate = mkdtempSync(`${folder}-`);
    writeFileSync(join(candidate, OWNER), processIdentity(process.pid));
    return candidate;
  } catch (error) {
    throw unwritable(folder, error);
  }
}

function unwritable(folder, error) {
  return failure(
    `Cannot write to ${dirname(folder)} (${error.code}): make it writable for this user.`,
    error,
  );
}

function readOwner(folder) {
  try {
    return readFileSync(join(folder, OWNER), 'utf8');
  } catch {
    return undefined;
  }
}

/** Between reading the dead owner and moving the lock away, another process may have done both and taken it. */
function discard(folder, deadOwner) {
  const discarded = mkdtempSync(`${folder}-`);
  try {
    renameSync(folder, discarded);
    if (readOwner(discarded) !== deadOwner) renameSync(discarded, folder);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
  rmSync(discarded, { recursive: true, force: true });
}
