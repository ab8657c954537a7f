const EVERY_MS = 50;

/** @param {string} megabytesPerSecond that are kept for ever, outside the heap */
export default function bufferLeak(megabytesPerSecond) {
  const size = Math.round((Number(megabytesPerSecond) * 1_000_000 * EVERY_MS) / 1_000);
  const leaked = [];
  // Filled, or the kernel would give no memory for it.
  setInterval(() => leaked.push(Buffer.alloc(size, 1)), EVERY_MS).unref();
}
