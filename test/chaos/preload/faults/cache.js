import { objectsOf } from '../objects.js';

const EVERY_MS = 50;

/** Fills a cache with so many megabytes at so many a second, and leaves it at that. */
export default function cache(megabytes, megabytesPerSecond) {
  const portion = (Number(megabytesPerSecond) * EVERY_MS) / 1_000;
  const kept = [];
  const filling = setInterval(() => {
    kept.push(objectsOf(portion));
    if (kept.length * portion < Number(megabytes)) return;
    clearInterval(filling);
    // Held by what lives as long as the process.
    process.on('exit', () => kept.length);
  }, EVERY_MS).unref();
}
