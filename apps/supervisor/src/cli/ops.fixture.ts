import { PassThrough } from 'node:stream';
import type { Decision } from '../decisions/decision.js';
import type { FleetView, WorkerView } from './api/views.js';
import { parseEnvironment } from './environment.js';
import { runOps } from './run-ops.js';
import type { Timing } from './surroundings.js';

export interface OpsRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Waits are short: what they wait for are answers from loopback, or nothing. */
export const SHORT: Timing = {
  sampleMs: 5,
  retryMs: 5,
  answerTimeoutMs: 2000,
  silenceMs: 2000,
  patienceMs: 2000,
};

export interface OpsOptions {
  readonly port: number;
  readonly token?: string;
  readonly stateDir?: string;
  readonly timing?: Partial<Timing>;
  readonly signal?: AbortSignal;
  /** Of the terminal; none by default. */
  readonly columns?: number;
  /** Told of everything that is written to stdout. */
  readonly onBytes?: (piece: Buffer) => void;
  /** The same, all of it as text. */
  readonly onOutput?: (stdoutSoFar: string) => void;
}

/** Runs the command line in this process, with a supervisor at this port. */
export async function ops(args: readonly string[], options: OpsOptions): Promise<OpsRun> {
  const { port, token = 'secret-token', stateDir = '', timing, signal, columns, onBytes, onOutput } = options;
  const said = { stdout: '', stderr: '' };
  const streamTo = (name: keyof typeof said) => {
    const stream = Object.assign(new PassThrough(), columns && { isTTY: true, columns });
    stream.on('data', (chunk: Buffer) => {
      if (name === 'stdout') onBytes?.(chunk);
      said[name] += withoutColours(String(chunk));
      if (name === 'stdout') onOutput?.(said.stdout);
    });
    return stream;
  };
  const exitCode = await runOps(args, {
    stdout: streamTo('stdout'),
    stderr: streamTo('stderr'),
    signal: signal ?? new AbortController().signal,
    version: '1.2.3',
    loadEnvironment: () =>
      parseEnvironment({ OPS_PORT: String(port), OPS_TOKEN: token, STATE_DIR: stateDir }),
    timing: { ...SHORT, ...timing },
  });
  return { exitCode, ...said };
}

/** Jest's own colours are the runner's business; what else commands a terminal stays in. */
function withoutColours(text: string): string {
  return text.replaceAll(/\p{Cc}\[\d+m/gu, '');
}

const MEBIBYTE = 1024 * 1024;

export function decision(changes: Partial<Decision> = {}): Decision {
  return {
    id: '20261121T153012345Z-0000',
    at: '2026-11-21T15:30:12.345Z',
    worker: { pmId: 0, pid: 4711, bootId: '20261121T150000000Z-4711-9f3c' },
    action: 'restart',
    reason: 'Worker 0 ended by itself.',
    evidence: {},
    outcome: { result: 'done', message: 'Process 4712 was ready 0.4 s later.' },
    durationMs: 400,
    ...changes,
  };
}

export function worker(changes: Partial<WorkerView> = {}): WorkerView {
  return {
    pmId: 0,
    pid: 4712,
    bootId: '20261121T153013000Z-4712-aaaa',
    state: 'online',
    ready: true,
    restarts: 1,
    startedAt: '2026-11-21T15:30:13.000Z',
    uptimeSeconds: 200,
    silentForMs: 0,
    budgetLeft: 4,
    guard: {
      bootId: '20261121T153013000Z-4712-aaaa',
      pid: 4712,
      verdict: 'healthy',
      reason: null,
      rssBytes: 213 * MEBIBYTE,
      rssLimitBytes: 700 * MEBIBYTE,
      heapUsedBytes: 90 * MEBIBYTE,
      heapLimitBytes: 512 * MEBIBYTE,
      heapFloorBytes: 80 * MEBIBYTE,
      heapFloorSlopeBytesPerMinute: 1.2 * MEBIBYTE,
      eventLoopUtilization: 0.341,
      eventLoopDelayP99Ms: 12.4,
      inFlight: 3,
      uptimeSeconds: 200,
    },
    lastDecision: decision(),
    ...changes,
  };
}

export function fleet(...workers: readonly WorkerView[]): FleetView {
  return { at: '2026-11-21T15:33:33.000Z', expectedWorkers: 2, workers };
}
