import { openSync } from 'node:fs';

const EVERY_MS = 50;

/** Opens so many files a second and closes none, until there is no descriptor left, and takes each that comes free. */
export default function descriptorLeak(perSecond) {
  const opened = [];
  const atOnce = Math.ceil((Number(perSecond) * EVERY_MS) / 1_000);
  setInterval(() => {
    try {
      for (let file = 0; file < atOnce; file += 1) opened.push(openSync('/dev/null'));
    } catch {
      // What a bug of this kind does not look at either.
    }
  }, EVERY_MS).unref();
}
