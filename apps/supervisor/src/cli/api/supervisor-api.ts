import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Decision } from '../../decisions/decision.js';
import type { LogLevelQuery, LogLevelRequest } from '../../http/log-level.request.js';
import { addressOf, type CliEnvironment } from '../environment.js';
import { oneLine } from '../output/printable.js';
import type { Timing } from '../surroundings.js';
import { NotAllowedError, NotReachableError, RefusedError } from './errors.js';
import { exchange, notReachable, type ExchangeRequest } from './http-exchange.js';
import { parseJson } from './parse-json.js';
import { readProblem } from './problem.js';
import { serverSentEvents, type EventCursor, type ServerSentEvent } from './server-sent-events.js';
import { withinSilence } from './silence.js';
import type { FleetLogLevelsView, FleetView, LogLevelOutcomeView, WorkerView } from './views.js';

/** Events as they come, until it is closed. */
export interface LiveEvents {
  readonly events: AsyncIterable<ServerSentEvent>;
  readonly close: () => void;
}

/**
 * The supervisor's HTTP API. Texts come without control characters.
 *
 * Every method throws NotReachableError, NotAllowedError or RefusedError, or the reason of the signal.
 */
export class SupervisorApi {
  readonly address: string;

  constructor(
    private readonly environment: CliEnvironment,
    private readonly timing: Timing,
    private readonly signal: AbortSignal,
  ) {
    this.address = addressOf(environment);
  }

  fleet(): Promise<FleetView> {
    return this.json({ method: 'GET', path: '/workers' });
  }

  worker(pmId: number): Promise<WorkerView> {
    return this.json({ method: 'GET', path: `/workers/${pmId}` });
  }

  /** Newest first. */
  async decisions(limit: number, worker?: number): Promise<readonly Decision[]> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (worker !== undefined) query.set('worker', String(worker));
    const page = await this.json<{ items: readonly Decision[] }>({
      method: 'GET',
      path: `/decisions?${query.toString()}`,
    });
    return page.items;
  }

  decision(id: string): Promise<Decision> {
    return this.json({ method: 'GET', path: `/decisions/${encodeURIComponent(id)}` });
  }

  /** The fleet's, in Prometheus' text format. */
  async metrics(): Promise<string> {
    const response = await this.send({ method: 'GET', path: '/metrics', headers: { accept: 'text/plain' } });
    return this.bodyOf(response);
  }

  /** @returns the decision, under way */
  recycle(pmId: number): Promise<Decision> {
    return this.json({ method: 'POST', path: `/workers/${pmId}/recycle` });
  }

  /** @returns the decision, under way */
  reload(): Promise<Decision> {
    return this.json({ method: 'POST', path: '/reload' });
  }

  logLevels(): Promise<FleetLogLevelsView> {
    return this.json({ method: 'GET', path: '/log-level' });
  }

  setLogLevel(change: LogLevelRequest): Promise<LogLevelOutcomeView> {
    return this.json({ method: 'PUT', path: '/log-level', body: change });
  }

  /** Back to what is configured. */
  resetLogLevel(query: LogLevelQuery): Promise<LogLevelOutcomeView> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) search.set(name, String(value));
    return this.json({ method: 'DELETE', path: `/log-level?${search.toString()}` });
  }

  /**
   * What happens from now on, or since where the cursor stands. It ends when the connection does, however that comes.
   * @returns as soon as the supervisor has begun to tell
   */
  async events(cursor: EventCursor): Promise<LiveEvents> {
    const headers = {
      accept: 'text/event-stream',
      'cache-control': 'no-cache',
      ...(cursor.lastEventId !== '' && { 'last-event-id': cursor.lastEventId }),
    };
    const response = await this.send({ method: 'GET', path: '/events', headers });
    const pieces = withinSilence(response.setEncoding('utf8'), this.timing.silenceMs);
    return { events: serverSentEvents(pieces, cursor), close: () => void response.destroy() };
  }

  private async json<T>(request: ExchangeRequest): Promise<T> {
    const response = await this.send(request);
    const value = parseJson(await this.bodyOf(response));
    if (typeof value !== 'object' || value === null) throw this.notTheSupervisor(response);
    return value as T;
  }

  private async send(request: ExchangeRequest): Promise<IncomingMessage> {
    const { signal, timing } = this;
    const response = await exchange(this.environment, request, {
      signal,
      answerTimeoutMs: timing.answerTimeoutMs,
    });
    const status = response.statusCode ?? 0;
    if (status >= 200 && status < 300) return response;
    throw this.problemOf(status, response, parseJson(await this.bodyOf(response)));
  }

  private async bodyOf(response: IncomingMessage): Promise<string> {
    const { answerTimeoutMs } = this.timing;
    const deadline = setTimeout(() => response.destroy(new Error('too slow')), answerTimeoutMs);
    try {
      return await text(response);
    } catch (error) {
      this.signal.throwIfAborted();
      throw notReachable(error, this.address, answerTimeoutMs);
    } finally {
      clearTimeout(deadline);
    }
  }

  private problemOf(status: number, response: IncomingMessage, body: unknown): Error {
    const problem = readProblem(body);
    const isAboutTokens = problem?.code === 'TOO_MANY_WRONG_TOKENS';
    if (status === 401) return new NotAllowedError(this.tokenSentence());
    if (status === 403 || isAboutTokens) {
      return new NotAllowedError(
        `The supervisor at ${this.address} does not allow it (${status}): ${problem?.sentence ?? 'it did not say why'}`,
      );
    }
    return problem
      ? new RefusedError(status, problem.code, problem.sentence)
      : this.notTheSupervisor(response);
  }

  private tokenSentence(): string {
    const { address } = this;
    return this.environment.token === null
      ? `The supervisor at ${address} wants a token. Set OPS_TOKEN, or run this where the .env of the service is.`
      : `The supervisor at ${address} does not accept the OPS_TOKEN of this environment. Is it the one that the supervisor was started with?`;
  }

  private notTheSupervisor({ statusCode, headers }: IncomingMessage): NotReachableError {
    const type = oneLine(headers['content-type'] ?? 'nothing');
    return new NotReachableError(
      `What answers at ${this.address} is not the supervisor: it sent ${statusCode} and ${type}. Are OPS_HOST and OPS_PORT right?`,
    );
  }
}
