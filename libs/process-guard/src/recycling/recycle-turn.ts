import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who may leave now. */
interface Turn {
  readonly pid: number;
  readonly bootId: string;
  readonly pmId: number | null;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Who asks for the turn, and for how long it is theirs. */
export interface TurnRequest {
  /** Shared by the workers of one cluster. */
  readonly folder: string;
  readonly bootId: string;
  /** pm2's number of the worker; null outside pm2. */
  readonly pmId: number | null;
  /** Longer than a drain and a start take together, and the same for all workers. */
  readonly holdForMs: number;
}

const LOCK = 'recycle.lock';
/** Held for microseconds; one that is older was left by a process that was killed meanwhile. */
const CLAIM_IS_DEAD_AFTER_MS = 10_000;

/**
 * Asks for the turn to leave, so that without a supervisor the workers of one cluster leave one after another.
 * @returns true if it is this worker's; false if another has it or asks at this very moment: ask again in a second
 * @throws Error of the file system.
 */
export function takeTurn({ folder, bootId, pmId, holdForMs }: TurnRequest): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = join(folder, LOCK);
  return alone(lock, () => {
    const turn = readTurn(lock);
    if (turn?.bootId === bootId) return true;
    if (turn && isRunning(turn, holdForMs)) return false;
    writeTurn(lock, { pid: process.pid, bootId, pmId, expiresAt: Date.now() + holdForMs });
    return true;
  });
}

/**
 * Ends the turn that the previous worker of that number left behind; for its replacement, once it listens.
 * @returns false if a worker asks for its turn at this very moment: call again in a second
 * @throws Error of the file system.
 */
export function endTurn(folder: string, pmId: number | null): boolean {
  const lock = join(folder, LOCK);
  if (readTurn(lock)?.pmId !== pmId) return true;
  return alone(lock, () => {
    if (readTurn(lock)?.pmId === pmId) rmSync(lock, { force: true });
    return true;
  });
}

/** A turn that lasts longer than one can be given was given before the clock was set back. */
function isRunning({ expiresAt }: Turn, holdForMs: number): boolean {
  const leftMs = expiresAt - Date.now();
  return leftMs > 0 && leftMs <= holdForMs;
}

/** Runs `change` while no other process does, which takes microseconds; false if one does. */
function alone(lock: string, change: () => boolean): boolean {
  const claim = `${lock}.claim`;
  if (!createIfMissing(claim)) {
    const claimedAt = statSync(claim, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - claimedAt > CLAIM_IS_DEAD_AFTER_MS) rmSync(claim, { force: true });
    return false;
  }
  try {
    return change();
  } finally {
    rmSync(claim, { force: true });
  }
}

/** The turn that is on; null if there is none, or none that can be understood. */
function readTurn(lock: string): Turn | null {
  try {
    const turn = JSON.parse(readFileSync(lock, 'utf8')) as Turn | null;
    return typeof turn?.expiresAt === 'number' ? turn : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all, as `endTurn` reads it first without being alone. */
function writeTurn(lock: string, turn: Turn): void {
  const unfinished = `${lock}.${turn.bootId}`;
  writeFileSync(unfinished, JSON.stringify(turn), { mode: 0o600 });
  renameSync(unfinished, lock);
}

function createIfMissing(file: string): boolean {
  try {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
