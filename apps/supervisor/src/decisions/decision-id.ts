const COUNTER_DIGITS = 4;
const LARGEST_COUNTER = 10 ** COUNTER_DIGITS - 1;
const ID = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\d{4})$/;

/** Gives out ids such as `20261121T153012345Z-0000`: as text they sort by time, also when the clock was set back. */
export class DecisionIds {
  private lastMs = 0;
  private counter = 0;

  /** From now on, ids sort behind this one. Text that is no id is ignored. */
  startAfter(id: string): void {
    const [, year, month, day, hour, minute, second, millisecond, counter] = ID.exec(id) ?? [];
    const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
    if (Number.isNaN(atMs) || this.isAfter(atMs, Number(counter))) return;
    this.lastMs = atMs;
    this.counter = Number(counter);
  }

  next(nowMs: number): string {
    if (nowMs > this.lastMs) this.set(nowMs);
    else if (this.counter < LARGEST_COUNTER) this.counter += 1;
    else this.set(this.lastMs + 1);
    const time = new Date(this.lastMs).toISOString().replaceAll(/[-:.]/g, '');
    return `${time}-${String(this.counter).padStart(COUNTER_DIGITS, '0')}`;
  }

  private isAfter(atMs: number, counter: number): boolean {
    return this.lastMs > atMs || (this.lastMs === atMs && this.counter >= counter);
  }

  private set(atMs: number): void {
    this.lastMs = atMs;
    this.counter = 0;
  }
}
