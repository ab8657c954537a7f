import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import pm2, { type ProcessDescription, type StartOptions } from 'pm2';
import { toManagedProcess } from './managed-process.js';
import { Pm2UnavailableError, ProcessManager, type ManagedProcess } from './process-manager.js';

/** A list takes pm2 some ms; one that hangs must not make the supervisor blind for long. */
const LIST_TIMEOUT_MS = 2_000;
/** A process is there some tens of ms after it was asked for. */
const START_TIMEOUT_MS = 10_000;
const POLL_INTERVAL_MS = 50;
/** Above pm2's own patience: a start waits up to listen_timeout, an end up to kill_timeout. */
const ACTION_MARGIN_MS = 10_000;

/** pm2 gives every process of a fleet this in its environment; the canary needs the same but another port. */
type Pm2Environment = Omit<NonNullable<ProcessDescription['pm2_env']>, 'kill_timeout' | 'listen_timeout'> & {
  readonly pm_exec_path?: string;
  readonly node_args?: string[];
  readonly kill_timeout?: number | string;
  readonly listen_timeout?: number | string;
  readonly env?: Record<string, string>;
  readonly pm_out_log_path?: string;
  readonly pm_err_log_path?: string;
};

type Callback = (error: Error | null, answer: never) => void;
/** Missing in pm2's types. */
const scalable = pm2 as unknown as { scale(service: string, difference: string, done: Callback): void };

/** As ecosystem.config.js has them for workers; pm2's types do not know them. */
const UNTYPED_OPTIONS = { pmx: false, vizion: false, treekill: false };

/** The workers of one pm2 application. The only place that speaks to pm2. */
export class Pm2Processes extends ProcessManager {
  private readonly logger = new Logger('Pm2');
  private readonly listeners = new Set<() => void>();
  private connection: Promise<void> | undefined;
  private timeoutMs = 60_000;

  /**
   * @param service the name of the application
   * @param controlSocket where pm2's daemon listens, `<PM2_HOME>/rpc.sock`
   */
  constructor(
    private readonly service: string,
    private readonly controlSocket: string,
  ) {
    super();
  }

  async list(): Promise<ManagedProcess[]> {
    return (await this.describe(this.service)).map(toManagedProcess);
  }

  async add(): Promise<void> {
    await this.ask((done) => scalable.scale(this.service, '+1', done));
  }

  async remove(pmId: number): Promise<void> {
    await this.ask((done) => pm2.delete(pmId, done));
  }

  async stop(pmId: number): Promise<void> {
    await this.ask((done) => pm2.stop(pmId, done));
  }

  async start(pmId: number): Promise<void> {
    await this.ask((done) => pm2.restart(pmId, done));
  }

  async startCanary(): Promise<ManagedProcess> {
    const [model] = await this.describe(this.service);
    if (!model) throw new Error(`pm2 has no process named ${this.service} that a canary could be made like`);
    const environment = (model.pm2_env ?? {}) as Pm2Environment;
    const options: StartOptions = {
      name: this.canaryName,
      script: environment.pm_exec_path ?? '',
      ...(environment.pm_cwd && { cwd: environment.pm_cwd }),
      ...(environment.node_args && { node_args: environment.node_args }),
      ...(environment.pm_out_log_path && { out_file: environment.pm_out_log_path }),
      ...(environment.pm_err_log_path && { error_file: environment.pm_err_log_path }),
      ...(environment.kill_timeout && { kill_timeout: milliseconds(environment.kill_timeout) }),
      exec_mode: 'fork',
      instances: 1,
      autorestart: false,
      merge_logs: true,
      ...UNTYPED_OPTIONS,
      env: {
        ...environment.env,
        // pm2 adds the environment of the supervisor, where this is the supervisor's own.
        kill_timeout: String(milliseconds(environment.kill_timeout)),
        // A free port: nothing but its own Unix socket leads to it.
        PORT: '0',
        HOST: '127.0.0.1',
      },
    };
    // pm2 answers only once the process has said that it is ready, or is gone.
    const answered = this.ask((done) => pm2.start(options, done));
    return Promise.race([this.whenCanaryRuns(), failureOf(answered)]);
  }

  async canary(): Promise<ManagedProcess | undefined> {
    return (await this.describe(this.canaryName)).map(toManagedProcess)[0];
  }

  async removeCanary(): Promise<void> {
    const canary = await this.canary();
    if (canary) await this.remove(canary.pmId);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  disconnect(): void {
    this.listeners.clear();
    if (!this.connection) return;
    this.connection = undefined;
    pm2.disconnect();
  }

  private get canaryName(): string {
    return `${this.service}-canary`;
  }

  private async whenCanaryRuns(): Promise<ManagedProcess> {
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (performance.now() < deadline) {
      const canary = await this.canary();
      if (canary?.pid) return canary;
      await delay(POLL_INTERVAL_MS);
    }
    throw new Error('pm2 has not started the canary');
  }

  private async describe(name: string): Promise<ProcessDescription[]> {
    const all = await this.ask<ProcessDescription[]>((done) => pm2.list(done), LIST_TIMEOUT_MS);
    const ours = all.filter((process) => process.name === name);
    const environment: Pm2Environment | undefined = ours[0]?.pm2_env;
    this.timeoutMs =
      milliseconds(environment?.listen_timeout) +
      milliseconds(environment?.kill_timeout) +
      2 * ACTION_MARGIN_MS;
    return ours.toSorted((one, other) => (one.pm_id ?? 0) - (other.pm_id ?? 0));
  }

  /** pm2 calls back never where its daemon went away meanwhile. @throws Pm2UnavailableError */
  private async ask<Answer>(
    request: (done: (error: Error | null, answer: Answer) => void) => void,
    timeoutMs = this.timeoutMs,
  ): Promise<Answer> {
    // Where there is no daemon, pm2's `connect` would start an empty one, and a client that was connected would keep the
    // request for the next daemon, whose workers may be others by the same numbers.
    await reach(this.controlSocket);
    await this.connect();
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Pm2UnavailableError(`pm2 has not answered for ${timeoutMs / 1000} s`));
      }, timeoutMs);
      request((error, answer) => {
        clearTimeout(timer);
        if (error) reject(new Error(`pm2 refused: ${describeError(error)}`, { cause: error }));
        else resolve(answer);
      });
    });
  }

  /** Once: after that, pm2's client finds the next daemon by itself. */
  private connect(): Promise<void> {
    this.connection ??= this.open().catch((error: unknown) => {
      this.connection = undefined;
      throw error;
    });
    return this.connection;
  }

  private async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      pm2.connect((error: Error | null) => (error ? reject(error) : resolve()));
    });
    this.listen();
  }

  private listen(): void {
    pm2.launchBus((error: Error | null, bus: NodeJS.EventEmitter) => {
      // Without it changes are seen at the next look.
      if (error) this.logger.warn({ message: "pm2's events cannot be heard", error });
      else bus.on('process:event', () => this.listeners.forEach((listener) => listener()));
    });
  }
}

/** After a restart pm2 has its numbers from the environment of the process, as text. */
function milliseconds(value: number | string | undefined): number {
  return Number(value) || 0;
}

/** Never settles if all goes well. */
function failureOf(promise: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => void promise.catch(reject));
}

function reach(socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    socket.on('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', () => reject(new Pm2UnavailableError(`no pm2 listens at ${socketPath}`)));
  });
}

function describeError(error: unknown): string {
  const { message = String(error) } = (Array.isArray(error) ? error[0] : error) as { message?: string };
  return message;
}
