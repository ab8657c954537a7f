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

describe('the log of connections', () => {
  it('tells which worker has the connection of a client', () => {
    appendFileSync(file, '11 50001 1000\n12 50002 1001\n');
    const log = new ConnectionLog(file);
    expect([log.ownerOf(50_001, 2000), log.ownerOf(50_002, 2000)]).toEqual([11, 12]);
  });

  it('tells the owner of that time where a port was used again', () => {
    appendFileSync(file, '11 50001 1000\n12 50001 3000\n');
    const log = new ConnectionLog(file);
    expect([log.ownerOf(50_001, 2999), log.ownerOf(50_001, 3000)]).toEqual([11, 12]);
  });

  it('knows nobody of a connection that no worker took', () => {
    appendFileSync(file, '11 50001 1000\n');
    const log = new ConnectionLog(file);
    expect([log.ownerOf(50_009, 2000), log.ownerOf(50_001, 999)]).toEqual([undefined, undefined]);
  });

  it('goes on reading where it was, also in the middle of a line', () => {
    const log = new ConnectionLog(file);
    appendFileSync(file, '11 50001 1000\n12 500');
    expect(log.ownerOf(50_002, 2000)).toBeUndefined();
    appendFileSync(file, '02 1001\n');
    expect([log.ownerOf(50_001, 2000), log.ownerOf(50_002, 2000)]).toEqual([11, 12]);
  });
});
