let second = NaN;
let upToSecond = '';

/** The time now as `Date.toISOString` writes it, which would be much of what a short line costs: once a second is enough. */
export function isoTime(): string {
  const now = Date.now();
  const milliseconds = now % 1000;
  if (now - milliseconds !== second) {
    second = now - milliseconds;
    upToSecond = new Date(second).toISOString().slice(0, -'000Z'.length);
  }
  return `${upToSecond}${String(milliseconds).padStart(3, '0')}Z`;
}
