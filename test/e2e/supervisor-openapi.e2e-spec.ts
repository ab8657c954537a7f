import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startOpsApi, type OpsApi } from '../support/ops-api.js';
import { ROOT } from '../support/service.js';

const REDOCLY = join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');

type Operations = Record<string, { responses: Record<string, object>; security: object[] }>;

describe('the OpenAPI document of the supervisor', () => {
  let api: OpsApi;
  let document: { paths: Record<string, Operations> };

  beforeAll(async () => {
    api = await startOpsApi();
    document = (await (await api.fetch('/docs-json')).json()) as typeof document;
  });

  afterAll(() => api.stop());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security, responses }]) => {
        const name = `${method.toUpperCase()} ${path}`;
        return { name, security, responses };
      }),
    );

  it('passes the recommended rules of a public linter', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'evernest-'));
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document));
    const lint = promisify(execFile)(process.execPath, [REDOCLY, 'lint', '--format=json', file], {
      cwd: folder,
      env: { PATH: process.env['PATH'], REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    await expect(lint).resolves.toMatchObject({ stdout: expect.stringMatching(/"errors": ?0/) });
    await rm(folder, { recursive: true });
  }, 60_000);

  it('describes every route of the contract', () => {
    expect(
      operations()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(
      [
        'GET /workers',
        'GET /workers/{pmId}',
        'POST /workers/{pmId}/recycle',
        'GET /decisions',
        'GET /decisions/{id}',
        'GET /events',
        'GET /metrics',
        'POST /reload',
        'GET /log-level',
        'PUT /log-level',
        'DELETE /log-level',
        'GET /health',
        'GET /health/live',
        'GET /health/ready',
        'GET /health/startup',
      ].toSorted(),
    );
  });

  it('says of every operation but health that it asks for the token, and what it answers without', () => {
    for (const { name, security, responses } of operations()) {
      const isHealth = name.startsWith('GET /health');
      expect({ name, security }).toEqual({ name, security: isHealth ? [] : [{ bearer: [] }] });
      if (isHealth) continue;
      for (const status of ['401', '403', '429', '500']) {
        expect(JSON.stringify(responses[status])).toContain('application/problem+json');
      }
    }
  });
});
