/** Draws by lot, the same for the same seed: mulberry32, whose 32 bits of state are enough for a list of faults. */
export class Lottery {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** @returns a number from 0 to below 1 */
  draw() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least, most) {
    return least + this.draw() * (most - least);
  }

  oneOf(items) {
    return items[Math.floor(this.draw() * items.length)];
  }
}
