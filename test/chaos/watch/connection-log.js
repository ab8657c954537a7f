import { NewLines } from './new-lines.js';

/** What the workers wrote down of their connections: `<pid> <port of the client> <time>` in each line. */
export class ConnectionLog {
  /** @type {Map<number, { pid: number, at: number }[]>} by the port of the client */
  #owners = new Map();
  #newLines;

  constructor(file) {
    this.#newLines = new NewLines(file);
  }

  /** Which worker took a client's connection; undefined if none did. Its port may be used again by others, earlier and later. */
  ownerOf({ localPort, openedAt }, until = Infinity) {
    this.#readOn();
    return this.#owners.get(localPort)?.find(({ at }) => at >= openedAt && at <= until)?.pid;
  }

  #readOn() {
    for (const line of this.#newLines.next()) {
      const [pid, port, at] = line.split(' ').map(Number);
      const owners = this.#owners.get(port) ?? [];
      owners.push({ pid, at });
      this.#owners.set(port, owners);
    }
  }
}
