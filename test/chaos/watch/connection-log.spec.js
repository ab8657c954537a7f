import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectionLog } from './connection-log.js';

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evernest-connections-'));
  file = join(folder, 'connections');
  writeFileSync(file, '');
});
afterEach(() => rmSync(folder, { recursive: true }));

function owner(log, localPort, openedAt, until) {
  return log.ownerOf({ localPort, openedAt }, until);
}

describe('the log of connections', () => {
  it('tells which worker took the connection of a client', () => {
    appendFileSync(file, '11 50001 1000\n12 50002 1001\n');
    const log = new ConnectionLog(file);
    expect([owner(log, 50_001, 990), owner(log, 50_002, 990)]).toEqual([11, 12]);
  });

  it('tells the connection that was meant where a port was used again', () => {
    appendFileSync(file, '11 50001 1000\n12 50001 3000\n');
    const log = new ConnectionLog(file);
    expect([owner(log, 50_001, 1000), owner(log, 50_001, 1001)]).toEqual([11, 12]);
  });

  it('knows nobody of a connection that no worker took', () => {
    appendFileSync(file, '11 50001 1000\n12 50001 3000\n');
    const log = new ConnectionLog(file);
    expect([owner(log, 50_009, 1000), owner(log, 50_001, 3001), owner(log, 50_001, 1001, 2999)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('goes on reading where it was, also in the middle of a line', () => {
    const log = new ConnectionLog(file);
    appendFileSync(file, '11 50001 1000\n12 500');
    expect(owner(log, 50_002, 1000)).toBeUndefined();
    appendFileSync(file, '02 1001\n');
    expect([owner(log, 50_001, 1000), owner(log, 50_002, 1000)]).toEqual([11, 12]);
  });
});
