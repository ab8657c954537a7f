import { objectsOf } from '../objects.js';

const EVERY_MS = 50;

/** @param {string} megabytesPerSecond that are kept for ever */
export default function objectLeak(megabytesPerSecond) {
  const leaked = [];
  setInterval(
    () => leaked.push(objectsOf((Number(megabytesPerSecond) * EVERY_MS) / 1_000)),
    EVERY_MS,
  ).unref();
}
