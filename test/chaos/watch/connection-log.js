import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** What the workers wrote down of their connections: `<pid> <port of the client> <time>` in each line. */
export class ConnectionLog {
  /** @type {Map<number, { pid: number, at: number }[]>} by the port of the client */
  #owners = new Map();
  #readTo = 0;
  #rest = '';

  constructor(file) {
    this.file = file;
  }

  /** Which worker took a client's connection; undefined if none did. Its port may be used again by others, earlier and later. */
  ownerOf({ localPort, openedAt }, until = Infinity) {
    this.#readOn();
    return this.#owners.get(localPort)?.find(({ at }) => at >= openedAt && at <= until)?.pid;
  }

  /** Only what is new: after a day it is a hundred megabytes. */
  #readOn() {
    const lines = (this.#rest + this.#newText()).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) {
      const [pid, port, at] = line.split(' ').map(Number);
      const owners = this.#owners.get(port) ?? [];
      owners.push({ pid, at });
      this.#owners.set(port, owners);
    }
  }

  #newText() {
    const file = openSync(this.file, 'r');
    try {
      const bytes = Buffer.alloc(fstatSync(file).size - this.#readTo);
      const length = readSync(file, bytes, 0, bytes.length, this.#readTo);
      this.#readTo += length;
      return bytes.toString('latin1', 0, length);
    } finally {
      closeSync(file);
    }
  }
}
