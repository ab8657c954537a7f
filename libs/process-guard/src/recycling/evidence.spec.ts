import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDiagnosticReport } from './diagnostic-report.js';
import { writeHeapSnapshotIfRoom } from './heap-snapshot.js';

const MORE_THAN_ENOUGH_BYTES = 1e15;
let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'evernest-evidence-')), 'guard');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

describe('a diagnostic report', () => {
  it('tells of the heap and has no environment variables, for the owner only', async () => {
    const file = await writeDiagnosticReport(folder, 'boot-1');
    expect(file).toBe(join(folder, 'boot-1.report.json'));
    const report = JSON.parse(readFileSync(file, 'utf8'));
    expect(report.javascriptHeap.usedMemory).toBeGreaterThan(0);
    expect(report.environmentVariables).toBeUndefined();
    expect(modeOf(file)).toBe(0o600);
    expect(modeOf(folder)).toBe(0o700);
  });

  it('asks no name server, and leaves that setting as it was', async () => {
    const settings = process.report as unknown as { excludeNetwork: boolean };
    await writeDiagnosticReport(folder, 'boot-1');
    const { header } = JSON.parse(readFileSync(join(folder, 'boot-1.report.json'), 'utf8'));
    expect(header.networkInterfaces).toBeUndefined();
    expect(settings.excludeNetwork).toBe(false);
  });

  it('is one of the newest ten', async () => {
    for (let boot = 0; boot < 12; boot += 1) await writeDiagnosticReport(folder, `boot-${boot}`);
    const names = readdirSync(folder);
    expect(names).toHaveLength(10);
    expect(names).toContain('boot-11.report.json');
  });
});

describe('a heap snapshot', () => {
  it('is not taken without room for ten times the heap', () => {
    expect(writeHeapSnapshotIfRoom(folder, 'boot-1', 10 * 1024 * 1024)).toEqual({
      file: null,
      whyNot: expect.stringMatching(/^it needs \d+ MB of memory, and 10 MB are available$/),
    });
    expect(() => readdirSync(folder)).toThrow('ENOENT');
  });

  it('is one of three, for the owner only', () => {
    for (let boot = 0; boot < 5; boot += 1) {
      const { file } = writeHeapSnapshotIfRoom(folder, `boot-${boot}`, MORE_THAN_ENOUGH_BYTES);
      expect(modeOf(file!)).toBe(0o600);
    }
    expect(readdirSync(folder)).toHaveLength(3);
    expect(readdirSync(folder)).toContain('boot-4.heapsnapshot');
  }, 120_000);
});
