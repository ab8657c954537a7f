/** `2026-11-21 15:04:05 UTC`; as it came if it is no time. */
export function moment(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return iso;
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** How long before `now` it was, in ms; 0 if the clocks disagree. */
export function since(iso: string, now: string): number {
  const passed = Date.parse(now) - Date.parse(iso);
  return Number.isNaN(passed) ? 0 : Math.max(0, passed);
}
