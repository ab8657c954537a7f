import { once } from 'node:events';
import { statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  startRecorded,
  type RecordedProcess,
  type Route,
} from '../support/route-recorder/recorded-process.js';

const OPS_TOKEN = 'the-token-of-operators';
const WRITE_TOKEN = 'a-token-of-writers';
const WRONG_TOKENS = [undefined, `${OPS_TOKEN}x`];
const ANY_TOKENS = [...WRONG_TOKENS, OPS_TOKEN];

/** What anybody may read at the front door. A new word here opens something to the whole network. */
const PUBLIC_READ = /^(GET|HEAD) \/($|(authors|books|copies|docs|docs-json|genres|health)($|\/))/;
/** What probes ask, at every door and without a token. */
const HEALTH = ['/health', '/health/live', '/health/ready', '/health/startup'].flatMap((url) => [
  `GET ${url}`,
  `HEAD ${url}`,
]);

type Place = { readonly socketPath: string } | { readonly host: string; readonly port: number };
type Answer = 'refused' | 'unknown' | 'answered';

let app: RecordedProcess;

/** Asks for one route. What it answers for long, such as events, is not waited for. */
async function ask(place: Place, { method, url }: Route, token?: string): Promise<Answer> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const path = url.replace(/:\w+|\*/g, '1');
  const asked = request({ ...place, method, path, headers, agent: false }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const isProblem = answer.headers['content-type']?.startsWith('application/problem+json');
  const problem = isProblem ? await text(answer) : '';
  asked.destroy();
  if ([401, 403, 429].includes(answer.statusCode!)) return 'refused';
  const isUnknown = method === 'HEAD' || problem.includes('"ROUTE_NOT_FOUND"');
  return answer.statusCode === 404 && isUnknown ? 'unknown' : 'answered';
}

/** All that are answered so, each asked for alone. What sends the process away comes last. */
async function routesThatAre(
  wanted: Answer,
  place: Place,
  token?: string,
  routes = app.routes,
): Promise<string[]> {
  const names: string[] = [];
  const inOrder = routes.toSorted((one, other) => Number(isEnd(one)) - Number(isEnd(other)));
  for (const route of inOrder) if ((await ask(place, route, token)) === wanted) names.push(nameOf(route));
  return names.toSorted();
}

function isEnd({ url }: Route): boolean {
  return url === '/recycle';
}

function modeOf(path: string): number {
  return statSync(path).mode & 0o777;
}

function nameOf({ method, url }: Route): string {
  return `${method} ${url}`;
}

function namesWithout(unwanted: readonly string[]): string[] {
  return app.routes
    .map(nameOf)
    .filter((name) => !unwanted.includes(name))
    .toSorted();
}

/** Where the process says that it listens. */
async function placeAfter(words: RegExp): Promise<Place> {
  const [, host, port] = await app.wrote(new RegExp(`${words.source}([\\d.]+):(\\d+)`));
  return { host: host!, port: Number(port) };
}

const frontDoor = () => placeAfter(/listening on http:\/\//);

describe('the front door of the catalogue', () => {
  beforeAll(async () => {
    app = await startRecorded('catalog', { OPS_TOKEN, WRITE_TOKENS: WRITE_TOKEN });
  });
  afterAll(() => app.stop());

  it('knows no route of the service door, whatever token is sent', async () => {
    const doorOnly = app.routes.filter(({ isDoorOnly }) => isDoorOnly);
    expect(doorOnly.map(nameOf)).toEqual(expect.arrayContaining(['GET /metrics', 'POST /recycle']));
    for (const token of [...ANY_TOKENS, WRITE_TOKEN]) {
      expect(await routesThatAre('unknown', await frontDoor(), token, doorOnly)).toEqual(
        doorOnly.map(nameOf).toSorted(),
      );
    }
  });

  it('lets anybody read the catalogue, and refuses everything else without a token of writers', async () => {
    const others = app.routes.filter(({ isDoorOnly }) => !isDoorOnly);
    const closed = others.map(nameOf).filter((name) => !PUBLIC_READ.test(name));
    expect(closed).toContain('POST /books');
    for (const token of ANY_TOKENS) {
      expect(await routesThatAre('refused', await frontDoor(), token, others)).toEqual(closed.toSorted());
    }
    expect(await routesThatAre('refused', await frontDoor(), WRITE_TOKEN, others)).toEqual([]);
  });
});

describe('the service door of a worker', () => {
  afterEach(() => app.stop());
  const doorOnly = () => app.routes.filter(({ isDoorOnly }) => isDoorOnly);

  it.each(ANY_TOKENS)(
    'on a Unix socket is for the user of the process, who needs no token there (sent: %s)',
    async (token) => {
      app = await startRecorded('catalog', { OPS_TOKEN });
      const run = join(app.stateDir, 'run');
      const [socket] = await readdir(run);
      const socketPath = join(run, socket!);
      expect([modeOf(run), modeOf(socketPath)]).toEqual([0o700, 0o600]);
      expect(await routesThatAre('answered', { socketPath }, token, doorOnly())).toEqual(
        doorOnly().map(nameOf).toSorted(),
      );
    },
  );

  it('on TCP refuses everything but health without OPS_TOKEN', async () => {
    app = await startRecorded('catalog', {
      OPS_TOKEN,
      WRITE_TOKENS: WRITE_TOKEN,
      SERVICE_DOOR: 'tcp:127.0.0.1:0',
    });
    const door = await placeAfter(/service door is open at tcp:/);
    for (const token of [...WRONG_TOKENS, WRITE_TOKEN]) {
      expect(await routesThatAre('refused', door, token)).toEqual(namesWithout(HEALTH));
    }
    expect(await routesThatAre('answered', door, OPS_TOKEN, doorOnly())).toEqual(
      doorOnly().map(nameOf).toSorted(),
    );
  });
});

describe('the supervisor', () => {
  afterEach(() => app.stop());

  it('refuses everything but health without OPS_TOKEN', async () => {
    app = await startRecorded('supervisor', { OPS_TOKEN });
    expect(app.routes.map(nameOf)).toContain('POST /reload');
    for (const token of WRONG_TOKENS) {
      expect(await routesThatAre('refused', await frontDoor(), token)).toEqual(namesWithout(HEALTH));
    }
    expect(await routesThatAre('refused', await frontDoor(), OPS_TOKEN)).toEqual([]);
  });

  it('refuses everything but health to everybody where OPS_TOKEN is not set', async () => {
    app = await startRecorded('supervisor', {});
    for (const token of ANY_TOKENS) {
      expect(await routesThatAre('refused', await frontDoor(), token)).toEqual(namesWithout(HEALTH));
    }
  });
});
