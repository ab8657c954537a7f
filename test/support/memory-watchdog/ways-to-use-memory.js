// Each is called over and over, uses some memory, and returns how many bytes that were, or 'done'.
import { EventEmitter } from 'node:events';

const MEGABYTE = 1024 * 1024;
const KILOBYTE = 1024;
const BUFFER_BYTES = 64 * KILOBYTE;
const QUIET_MS = 6000;

const NUMBERS = Array.from({ length: 124 }, Math.random);

const kept = [];
const passing = [];
const map = new Map();
class Bell extends EventEmitter {}
const bell = new Bell();
let quietSince;

/** A kilobyte of the heap. */
function record() {
  return NUMBERS.slice();
}

function keepRecord() {
  kept.push(record());
  return KILOBYTE;
}

function keepBuffer() {
  kept.push(Buffer.alloc(BUFFER_BYTES, 1));
  return BUFFER_BYTES;
}

/** Lets go of it only after 24 MB: what dies at once would be found without a major collection. */
function litter() {
  if (passing.length > 24 * KILOBYTE) passing.length = 0;
  passing.push(record());
  return KILOBYTE;
}

/** Litters until enough was collected to judge what is left. */
function carryOn({ majors, elapsedMs }, collections = 6) {
  quietSince ??= { majors, elapsedMs };
  const isOver = majors - quietSince.majors >= collections && elapsedMs - quietSince.elapsedMs >= QUIET_MS;
  return isOver ? 'done' : litter();
}

export const WAYS_TO_USE_MEMORY = {
  leakObjects: keepRecord,

  leakBuffers: keepBuffer,

  leakListeners() {
    const request = { body: record() };
    bell.on('ring', () => request.body.length);
    return KILOBYTE + 200;
  },

  leakMapEntries() {
    map.set(`session-${map.size}`, { visits: [map.size], at: Math.random() });
    return 250;
  },

  /** 300 MB that stay. */
  fillCache(now) {
    return kept.length * KILOBYTE < 300 * MEGABYTE ? keepRecord() : carryOn(now);
  },

  /** 100 MB that stay and much garbage: with a heap limit of gigabytes V8 collects late. */
  litter(now) {
    return kept.length * KILOBYTE < 100 * MEGABYTE ? keepRecord() : carryOn(now, 2);
  },

  /** 250 MB that are let go again. */
  burst(now) {
    if (!quietSince && kept.length * KILOBYTE < 250 * MEGABYTE) return keepRecord();
    kept.length = 0;
    return carryOn(now);
  },

  /** The same outside the heap. */
  burstOfBuffers(now) {
    if (!quietSince && kept.length * BUFFER_BYTES < 250 * MEGABYTE) return keepBuffer();
    kept.length = 0;
    return carryOn(now);
  },
};
