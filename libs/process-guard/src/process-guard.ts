import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { closeApplication } from './drain/close-application.js';
import { Departure } from './drain/departure.js';
import { httpServersOf } from './drain/http-servers.js';
import { drainServers } from './drain/lame-duck.js';
import { watchStopRequests } from './drain/stop-requests.js';
import { FatalErrorHandler } from './fatal-errors/fatal-error.js';
import { watchFatalErrors } from './fatal-errors/watch-fatal-errors.js';
import { InFlightRequests } from './in-flight/in-flight-requests.js';
import { thisBoot } from './last-words/boot.js';
import { composeLastWords } from './last-words/compose-last-words.js';
import { openWorkerRecord } from './last-words/worker-record.js';
import { writeLastWords } from './last-words/write-last-words.js';
import { PROCESS_GUARD_OPTIONS, type ProcessGuardOptions } from './process-guard-options.js';
import { messageOf } from './thrown.js';

/** Watches over the process, from the moment when Nest makes it until the application is closed. */
@Injectable()
export class ProcessGuard implements BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('ProcessGuard');
  private readonly boot;
  private readonly inFlight = new InFlightRequests();
  private readonly departure: Departure;
  private readonly stops: (() => void)[];

  constructor(
    @Inject(PROCESS_GUARD_OPTIONS) private readonly options: ProcessGuardOptions,
    private readonly host: HttpAdapterHost,
    modules: ModulesContainer,
  ) {
    const fastify = fastifyOf(host);
    this.boot = thisBoot(options.pmId);
    this.departure = new Departure({
      drainTimeoutMs: options.drainTimeoutMs,
      writeLastWords: (end) => writeLastWords(options.folder, composeLastWords(this.boot, end)),
      drain: () => this.drain(),
      closeApplication: () => closeApplication(modules, host),
      flushLogs: options.flushLogs,
      exit: (exitCode) => process.exit(exitCode),
    });
    const fatal = new FatalErrorHandler(this.departure, () => this.inFlight.current());
    this.stops = [
      watchFatalErrors((thrown, origin) => fatal.handle(thrown, origin)),
      watchStopRequests((who) => this.stop(who)),
    ];
    this.openRecord();
    fastify.addHook('onRequest', (_request, reply, next) => {
      reply.raw.once('close', () => this.inFlight.end(reply));
      this.inFlight.begin(reply, next);
    });
  }

  /**
   * Aborts when the worker begins to leave. Answers that have no end of their own, such as server-sent events, end
   * themselves then; whatever is not over at the drain's deadline is cut off.
   */
  get drainSignal(): AbortSignal {
    return this.departure.signal;
  }

  /** Leaves as if a signal had asked for it. @param who ends the sentence "Asked to stop by …" */
  stop(who: string): void {
    if (!this.drainSignal.aborted) this.logger.log(`stopping: asked by ${who}`);
    this.departure.begin({ cause: 'asked', exitCode: 0, message: `Asked to stop by ${who}.` });
  }

  /** Someone closes the application who is not the guard; requests are not lost in that case either. */
  async beforeApplicationShutdown(): Promise<void> {
    if (!this.drainSignal.aborted) await this.drain();
  }

  onApplicationShutdown(): void {
    // On the way out a second signal or a late error must still find their listeners.
    if (this.drainSignal.aborted) return;
    for (const stop of this.stops) stop();
  }

  private drain() {
    const { drainTimeoutMs } = this.options;
    return drainServers(httpServersOf(fastifyOf(this.host)), () => this.inFlight.all(), drainTimeoutMs);
  }

  private openRecord(): void {
    const { folder } = this.options;
    try {
      openWorkerRecord(folder, this.boot);
    } catch (error) {
      this.logger.warn({
        message: `last words cannot be kept in ${folder}: ${messageOf(error)}`,
        error,
      });
    }
  }
}

function fastifyOf({ httpAdapter }: HttpAdapterHost): FastifyInstance {
  if (httpAdapter?.getType() !== 'fastify') {
    throw new Error(
      'ProcessGuardModule needs an HTTP application on Fastify: NestFactory.create(…, new FastifyAdapter())',
    );
  }
  return httpAdapter.getInstance<FastifyInstance>();
}
