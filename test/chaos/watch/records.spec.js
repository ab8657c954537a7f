import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Records } from './records.js';

let stateDir;
let records;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'evernest-records-'));
  records = new Records(stateDir);
});
afterEach(() => rmSync(stateDir, { recursive: true }));

function decide(...decisions) {
  const folder = join(stateDir, 'supervisor');
  mkdirSync(folder, { recursive: true });
  const lines = decisions.map((decision) => `${JSON.stringify({ evidence: {}, ...decision })}\n`);
  appendFileSync(join(folder, 'decisions.ndjson'), lines.join(''));
}

const ids = () => records.decisions.map(({ id }) => id);

describe('the records of a service', () => {
  it('are empty before it has written any', () => {
    expect([records.log, records.lastWords, records.decisions]).toEqual([[], [], []]);
  });

  it('have each decision once, as its last line has it, oldest first', () => {
    decide({ id: 'a' }, { id: 'b' });
    expect(ids()).toEqual(['a', 'b']);
    decide({ id: 'a', outcome: 'done' }, { id: 'c' });
    expect(records.decisions).toMatchObject([{ id: 'a', outcome: 'done' }, { id: 'b' }, { id: 'c' }]);
  });

  it('keep the decisions of a file that was rotated', () => {
    decide({ id: 'a' });
    expect(ids()).toEqual(['a']);
    decide({ id: 'b' });
    const folder = join(stateDir, 'supervisor');
    renameSync(join(folder, 'decisions.ndjson'), join(folder, 'decisions.1.ndjson'));
    decide({ id: 'c' });
    expect(ids()).toEqual(['a', 'b', 'c']);
  });

  it('know which decisions the end of a process belongs to', () => {
    decide({ id: 'a', evidence: { ends: [{ pid: 11 }, { pid: 12 }] } }, { id: 'b' });
    expect([12, 13].map((pid) => records.decisionsAbout(pid).map(({ id }) => id))).toEqual([['a'], []]);
  });

  it('have every line of the log so far at each look', () => {
    mkdirSync(join(stateDir, 'log'));
    for (const line of ['one', 'two']) {
      appendFileSync(join(stateDir, 'log', 'combined.log'), `${line}\n`);
      expect(records.log.at(-1)).toBe(line);
    }
    expect(records.log).toEqual(['one', 'two']);
  });
});
