import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from './settings.js';

describe('readSettings', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'settings-'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('has a default for everything', () => {
    expect(readSettings(root, {})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      stateDir: join(root, 'var'),
    });
  });

  it('starts at least two workers by default', () => {
    expect(readSettings(root, {}).workers).toBeGreaterThanOrEqual(2);
  });

  it('reads .env, and lets the real environment win', () => {
    writeFileSync(join(root, '.env'), 'PORT=4000\nHOST=::1\n');
    expect(readSettings(root, { PORT: '5000' })).toMatchObject({ host: '::1', port: 5000 });
  });

  it('leaves process.env as it is, because pm2 keeps that for its workers', () => {
    writeFileSync(join(root, '.env'), 'WRITE_TOKENS=secret\n');
    readSettings(root);
    expect(process.env['WRITE_TOKENS']).not.toBe('secret');
  });

  it('names every variable that is wrong', () => {
    expect(() => readSettings(root, { PORT: '3e3', WEB_CONCURRENCY: '0' })).toThrow(
      /PORT must.*WEB_CONCURRENCY must/,
    );
  });

  it('names what only the supervisor would stumble over', () => {
    expect(() => readSettings(root, { LOG_COLLECTOR: 'here' })).toThrow('LOG_COLLECTOR must be HOST:PORT');
    for (const address of ['127.0.0.1:9616', '[::1]:0', 'logs.internal:9616']) {
      expect(() => readSettings(root, { LOG_COLLECTOR: address })).not.toThrow();
    }
  });
});
