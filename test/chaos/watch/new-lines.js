import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LINE_FEED = 10;

/**
 * What is new in a file that lines are appended to, so that a look costs no more than what was written since the one before.
 * Rotated, which is renamed and begun anew, it loses none, unless that happens twice between two looks; cut short, it is read from its beginning again.
 */
export class NewLines {
  #inode;
  /** The end of the last whole line. */
  #readTo = 0;

  constructor(file) {
    this.file = file;
  }

  /** @returns {string[]} those that were finished since the last look; none if there is no file */
  next() {
    const descriptor = openIfThere(this.file);
    if (descriptor === undefined) return [];
    try {
      const { ino } = fstatSync(descriptor);
      if (ino === this.#inode) return this.#readOn(descriptor);
      const rest = this.#restOfRenamed();
      this.#inode = ino;
      this.#readTo = 0;
      return rest.concat(this.#readOn(descriptor));
    } finally {
      closeSync(descriptor);
    }
  }

  #restOfRenamed() {
    const folder = dirname(this.file);
    const files = readdirSync(folder).map((name) => join(folder, name));
    const renamed = files.find((file) => statSync(file, { throwIfNoEntry: false })?.ino === this.#inode);
    const descriptor = renamed && openIfThere(renamed);
    if (descriptor === undefined) return [];
    try {
      return this.#readOn(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  #readOn(descriptor) {
    const { size } = fstatSync(descriptor);
    if (size < this.#readTo) this.#readTo = 0;
    const bytes = Buffer.alloc(size - this.#readTo);
    const length = readSync(descriptor, bytes, 0, bytes.length, this.#readTo);
    const end = bytes.subarray(0, length).lastIndexOf(LINE_FEED);
    if (end === -1) return [];
    this.#readTo += end + 1;
    return bytes.toString('utf8', 0, end).split('\n');
  }
}

function openIfThere(file) {
  try {
    return openSync(file, 'r');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
