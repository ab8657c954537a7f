import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Api } from '../support/api.js';
import { ROOT, startService, type Service } from '../support/service.js';

const REDOCLY = join(ROOT, 'node_modules/@redocly/cli/bin/cli.js');

describe('the OpenAPI document', () => {
  let service: Service;
  // oxlint-disable-next-line typescript/no-explicit-any -- a document is looked into at many places
  let document: any;

  beforeAll(async () => {
    service = await startService();
    document = (await new Api(service.url).get('/docs-json')).body;
  });

  afterAll(() => service.stop());

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
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const five = (name: string) => [
      `GET /${name}`,
      `POST /${name}`,
      `GET /${name}/{id}`,
      `PATCH /${name}/{id}`,
      `DELETE /${name}/{id}`,
    ];
    expect(operations.toSorted()).toEqual(
      [
        ...['books', 'authors', 'genres', 'copies'].flatMap(five),
        'GET /books/export',
        'POST /copies/{id}/loan',
        'POST /copies/{id}/return',
        'GET /health',
        'GET /health/live',
        'GET /health/ready',
        'GET /health/startup',
      ].toSorted(),
    );
  });

  it('describes the errors of every operation, each as problem+json', () => {
    const withoutErrors = Object.entries<Record<string, { responses: Record<string, object> }>>(
      document.paths,
    )
      .filter(([path]) => !path.startsWith('/health'))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { responses }]) => ({ path, method, responses })),
      )
      .filter(({ responses }) => {
        const errors = Object.entries(responses).filter(([status]) => Number(status) >= 400);
        return (
          errors.length === 0 ||
          errors.some(([, response]) => !JSON.stringify(response).includes('application/problem+json'))
        );
      });
    expect(withoutErrors).toEqual([]);
  });
});
