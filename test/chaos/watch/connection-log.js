import { readFileSync } from 'node:fs';

/** What the workers wrote down of their connections: `<pid> <port of the client> <time>` in each line. */
export class ConnectionLog {
  constructor(file) {
    this.file = file;
  }

  /** Which worker was given the connection that a client has at this port: the last before `time`, because ports are used again. */
  ownerOf(localPort, time) {
    let owner;
    for (const line of readFileSync(this.file, 'utf8').split('\n')) {
      const [pid, port, at] = line.split(' ').map(Number);
      if (port === localPort && at <= time) owner = pid;
    }
    return owner;
  }
}
