import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { closeApplication } from './drain/close-application.js';
import { Departure } from './drain/departure.js';
import { Drain } from './drain/drain.js';
import { draining } from './drain/draining.js';
import { watchStopRequests } from './drain/stop-requests.js';
import { startLoopClock } from './event-loop/loop-clock.js';
import { FatalErrorHandler } from './fatal-errors/fatal-error.js';
import { watchFatalErrors } from './fatal-errors/watch-fatal-errors.js';
import { watchSuddenExit } from './fatal-errors/watch-sudden-exit.js';
import { startHangWatchdog, type HangWatchdog } from './hang-watchdog/hang-watchdog.js';
import { describeRequestOf } from './in-flight/describe-request.js';
import { RequestTraffic } from './in-flight/request-traffic.js';
import { thisBoot } from './last-words/boot.js';
import type { End } from './last-words/compose-last-words.js';
import { OwnLastWords } from './last-words/own-last-words.js';
import { tryToOpenWorkerRecord } from './last-words/worker-record.js';
import { watchListenerLeaks } from './memory-watchdog/listener-leaks.js';
import { memoryLimits } from './memory-watchdog/memory-limits.js';
import type { Shortage } from './recycling/shortage.js';
import { ResourceWatch } from './resources/resource-watch.js';
import { fastifyOf } from './fastify-of.js';
import type { GuardCounters } from './guard-counters.js';
import type { GuardStatus } from './guard-status.js';
import { PROCESS_GUARD_OPTIONS, type ProcessGuardOptions } from './process-guard-options.js';
import { refuseSecondGuard } from './refuse-second-guard.js';

const RECYCLED_EXIT_CODE = 72;

/** Watches over the process, from the moment when Nest makes it until the application is closed. */
@Injectable()
export class ProcessGuard implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger('ProcessGuard');
  private readonly boot;
  private readonly lastWords;
  private readonly clock;
  private readonly traffic;
  private readonly resources;
  private readonly drain;
  private readonly departure: Departure;
  private readonly stops: (() => void)[];
  private readonly closedByOthers = withResolvers();
  private hangWatchdog: HangWatchdog | undefined;
  private isStarted = false;
  private closing: 'by itself' | 'by others' | undefined;

  constructor(
    @Inject(PROCESS_GUARD_OPTIONS) private readonly options: ProcessGuardOptions,
    host: HttpAdapterHost,
    modules: ModulesContainer,
  ) {
    refuseSecondGuard(modules, ProcessGuard);
    const { folder, drainTimeoutMs, heapSnapshots, recycleGraceMs: graceMs } = options;
    const boot = (this.boot = thisBoot(options.pmId));
    const lastWords = (this.lastWords = new OwnLastWords(folder, boot));
    this.clock = startLoopClock({
      onBeat: () => this.hangWatchdog?.beat(),
      onStall: (stall) => this.isStarted && this.traffic.noteStall(stall),
    });
    this.traffic = new RequestTraffic(this.clock, {
      neverShed: options.neverShed,
      isUrgent: options.isUrgent,
      requestContext: options.requestContext,
      onBegin: (id, method, route) => this.hangWatchdog?.noteRequest(id, method, route),
    });
    this.drain = new Drain({
      timeoutMs: drainTimeoutMs,
      unanswered: () => this.traffic.unanswered,
      ended: () => this.traffic.endedRequests,
    });
    this.departure = new Departure({
      drainTimeoutMs,
      writeLastWords: (end) => lastWords.write(end),
      drain: () => this.drain.run(),
      closeApplication: () => this.closeApplication(modules, host),
      flushLogs: options.flushLogs,
      exit: (exitCode) => process.exit(exitCode),
    });
    this.resources = new ResourceWatch({
      memoryLimits: memoryLimits({
        configuredBytes: options.memoryLimitBytes ?? undefined,
        workers: options.workers,
      }),
      recycling: { folder, boot, drainTimeoutMs, heapSnapshots, graceMs },
      clients: () => this.drain.connections,
      onMemoryStrain: (isStrained) => (this.traffic.shedder.memoryStrained = isStrained),
      isLeaving: () => this.isDraining,
      leave: (shortage) => this.recycle(shortage),
    });
    const fatal = new FatalErrorHandler(this.departure, () => this.traffic.inFlight.current());
    this.stops = [
      watchFatalErrors((thrown, origin) => fatal.handle(thrown, origin)),
      watchSuddenExit((end) => this.noteSuddenExit(end)),
      watchStopRequests((who) => this.stop(who)),
      watchListenerLeaks(),
      this.resources.start(),
      () => this.traffic.stop(),
      () => this.clock.stop(),
      () => lastWords.release(),
    ];
    tryToOpenWorkerRecord(folder, boot);
    this.watchServer(host);
  }

  /**
   * Aborts when the worker begins to leave. Answers that have no end of their own, such as server-sent events, end
   * themselves then; whatever is not over at the drain's deadline is cut off.
   */
  get drainSignal(): AbortSignal {
    return this.drain.signal;
  }

  /**
   * The same for streams of RxJS, `takeUntil(guard.draining)`: emits once when the worker begins to leave, or at once if
   * it has begun.
   */
  get draining(): Observable<void> {
    return draining(this.drainSignal);
  }

  get isDraining(): boolean {
    return this.drainSignal.aborted;
  }

  /** Whether a restart is neither needed nor under way. */
  get isLive(): boolean {
    const { verdict } = this.verdict();
    return verdict === 'healthy' || verdict === 'strained';
  }

  /** How the worker is at this moment. */
  status(): GuardStatus {
    const { utilization, delayP99Ms } = this.clock.window;
    return {
      bootId: this.boot.bootId,
      pid: this.boot.pid,
      ...this.verdict(),
      ...this.resources.reading,
      eventLoopUtilization: utilization,
      eventLoopDelayP99Ms: delayP99Ms,
      inFlight: this.traffic.inFlight.count,
      uptimeSeconds: Math.round(process.uptime()),
    };
  }

  get counters(): GuardCounters {
    return { shedRequests: this.traffic.shedder.state.shedCount, ...this.drain.counters };
  }

  /** Leaves as if a signal had asked for it. @param who ends the sentence "Asked to stop by …" */
  stop(who: string): void {
    const isFirst = !this.departure.isUnderWay;
    this.departure.begin({ cause: 'asked', exitCode: 0, message: `Asked to stop by ${who}.` });
    if (isFirst) this.logger.log(`stopping: asked by ${who}`);
  }

  /** Looks at the memory and the file descriptors; to be called once a second. */
  sampleResources(): void {
    this.resources.sample();
  }

  /**
   * Global modules are destroyed first, so an `app.close()` waits here until no request is under way. If the process is
   * leaving anyway, the departure runs the hooks, and nobody else.
   */
  async onModuleDestroy(): Promise<void> {
    if (this.closing === 'by itself') return;
    await this.drain.run();
    if (this.departure.isUnderWay) await new Promise(() => undefined);
    this.closing = 'by others';
  }

  async onApplicationShutdown(): Promise<void> {
    this.closedByOthers.resolve();
    // On the way out a second signal or a late error must still find their listeners.
    if (this.departure.isUnderWay) return;
    for (const stop of this.stops) stop();
    await this.hangWatchdog?.stop();
  }

  private async closeApplication(modules: ModulesContainer, host: HttpAdapterHost): Promise<void> {
    if (this.closing === 'by others') return this.closedByOthers.promise;
    this.closing = 'by itself';
    await closeApplication(modules, host);
  }

  /** Nest's test module has no server yet when it makes the guard, and an application context never has one. */
  private watchServer(host: HttpAdapterHost): void {
    const watch = () => {
      const fastify = fastifyOf(host);
      this.drain.watch(fastify);
      this.traffic.watch(fastify);
    };
    if (host.httpAdapter) watch();
    else host.init$.subscribe(watch);
    // A start may stand still for longer than a service must, so it is watched for hanging from here on.
    host.listen$.subscribe(() => this.noteListening());
  }

  private verdict(): Pick<GuardStatus, 'verdict' | 'reason'> {
    if (this.isDraining)
      return {
        verdict: 'draining',
        reason: this.departure.end?.message ?? 'The application is being closed.',
      };
    const { shortage, strain } = this.resources;
    if (shortage) return { verdict: 'recycle', reason: shortage.reason };
    const reason = strain ?? this.traffic.shedder.state.reason;
    return { verdict: reason === null ? 'healthy' : 'strained', reason };
  }

  private noteSuddenExit(end: End): void {
    const { written } = this.lastWords;
    // Who exits does not hang: those are early words of the watchdog, about a long turn that ends now.
    if (written && written.cause !== 'hang') return;
    const request = describeRequestOf(this.traffic.inFlight.current()) ?? null;
    this.lastWords.write({ ...(this.departure.end ?? { ...end, request }), exitCode: end.exitCode });
  }

  private recycle({ cause, reason: message, evidence }: Shortage): void {
    this.logger.warn({ message: `leaving to be replaced: ${message}` });
    this.departure.begin({ cause, exitCode: RECYCLED_EXIT_CODE, message, evidence }, async () => {
      // What follows may stand still for longer than a service must.
      await this.hangWatchdog?.stop();
      await this.resources.leaveEvidence();
    });
  }

  private noteListening(): void {
    const { hangTimeoutMs, folder } = this.options;
    this.drain.noteListening();
    this.resources.noteListening();
    // The beat after the start is late because of the start.
    const stop = this.clock.everyBeat(() => {
      this.isStarted = true;
      stop();
    });
    if (hangTimeoutMs === 0) return;
    this.hangWatchdog = startHangWatchdog({
      timeoutMs: hangTimeoutMs,
      lastWordsFolder: folder,
      bootId: this.boot.bootId,
      pmId: this.boot.pmId,
      currentRequest: () => describeRequestOf(this.traffic.inFlight.current()),
    });
  }
}

/** `Promise.withResolvers` came with Node 22. */
function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}
