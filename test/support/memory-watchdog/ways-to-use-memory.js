// Each is called over and over, uses some memory, and returns how many bytes that were, or 'done'.
import { EventEmitter } from 'node:events';

const MEGABYTE = 1024 * 1024;
const QUIET_COLLECTIONS = 6;
const QUIET_MS = 7000;

const kept = [];
const passing = [];
const map = new Map();
class Bell extends EventEmitter {}
const bell = new Bell();
let quietSince;

function keepObject() {
  kept.push({ id: kept.length, text: `${Math.random()}`, list: [1.5, 2, 3, 4] });
  return 200;
}

/**
 * Lets go of everything after a while, so that V8 has to collect, until enough was collected to judge what is left. What
 * dies at once would not do: the young generation's collections would find it.
 */
function carryOn({ majors, elapsedMs }) {
  quietSince ??= { majors, elapsedMs };
  const isOver =
    majors - quietSince.majors >= QUIET_COLLECTIONS && elapsedMs - quietSince.elapsedMs >= QUIET_MS;
  if (isOver) return 'done';
  if (passing.length > 200_000) passing.length = 0;
  passing.push({ text: `${Math.random()}` });
  return 60;
}

function litter() {
  if (kept.length * 200 < 100 * MEGABYTE) return keepObject();
  if (passing.length > 2_000_000) passing.length = 0;
  passing.push({ text: `${Math.random()}` });
  return 60;
}

export const WAYS_TO_USE_MEMORY = {
  leakObjects: keepObject,

  leakBuffers() {
    kept.push(Buffer.alloc(64 * 1024, 1));
    return 64 * 1024;
  },

  leakListeners() {
    const request = { body: Array.from({ length: 50 }, Math.random) };
    bell.on('ring', () => request.body.length);
    return 600;
  },

  leakMapEntries() {
    map.set(`session-${map.size}`, { visits: [map.size], at: Math.random() });
    return 250;
  },

  /** 300 MB that stay. */
  fillCache(now) {
    return kept.length * 200 < 300 * MEGABYTE && !quietSince ? keepObject() : carryOn(now);
  },

  /** Much garbage and little that stays: with a heap limit of gigabytes V8 lets it grow for long. */
  litter(now) {
    return now.majors < 12 ? litter() : 'done';
  },

  /** 250 MB that are let go again. */
  burst(now) {
    if (quietSince) return carryOn(now);
    if (kept.length * 200 < 250 * MEGABYTE) return keepObject();
    kept.length = 0;
    return carryOn(now);
  },

  /** The same outside the heap. */
  burstOfBuffers(now) {
    if (quietSince) return carryOn(now);
    if (kept.length * 64 * 1024 < 250 * MEGABYTE) return WAYS_TO_USE_MEMORY.leakBuffers();
    kept.length = 0;
    return carryOn(now);
  },
};
