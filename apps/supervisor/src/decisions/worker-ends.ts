import { Logger } from '@nestjs/common';
import type { LastWords } from '@evernest/process-guard';
import type { Decision } from './decision.js';
import type { DecisionLog } from './decision-log.js';
import type { Worker } from '../fleet/worker.js';
import { broughtForth, ownsEnd } from './end-owner.js';
import type { KnownProcess, KnownProcesses } from './known-processes.js';
import type { LastWordsReader } from './last-words-reader.js';
import { whyItEnded, type EndReason } from './why-it-ended.js';
import { endsOf, isSameProcess, type WorkerEnd } from './worker-end.js';

type SeenWorker = Pick<Worker, 'pmId' | 'pid' | 'bootId' | 'startedAtMs'>;

/** What became of the end of a worker. */
export interface NotedEnd {
  /** The one record that it belongs to. */
  readonly decision: Decision;
  readonly cause: EndReason['cause'];
  /** Whether the supervisor itself brought it about. */
  readonly isOurs: boolean;
  /** False if it had been noted before. */
  readonly isNew: boolean;
}

/**
 * Gives every end of a worker exactly one record. If a decision of the supervisor brought it about, that decision is the record and gets
 * the last words as evidence; otherwise it is a `restart`. What is recorded already is found in the log, also after a restart.
 */
export class WorkerEnds {
  private readonly logger = new Logger('WorkerEnds');

  constructor(
    private readonly log: DecisionLog,
    private readonly words: LastWordsReader,
    private readonly known: KnownProcesses,
    private readonly now: () => number = Date.now,
  ) {}

  /** To be told of each end that is observed, as often as it is. */
  noteEnd(end: WorkerEnd): NotedEnd {
    const words = this.words.find(end);
    return this.note({ ...end, bootId: end.bootId ?? words?.bootId ?? null }, words);
  }

  /** The decision that brought a process to its end, or is about to; undefined if the supervisor has nothing to do with it. */
  ownerOf(end: WorkerEnd, words = this.words.find(end)): Decision | undefined {
    return this.log.recent().findLast((decision) => ownsEnd(decision, end, words));
  }

  /** To be told of the workers of each look: what a later supervisor will miss. */
  remember(workers: readonly SeenWorker[]): void {
    this.known.remember(running(workers));
  }

  /**
   * To be called once, with the first look at the fleet, while an interrupted decision is still under way: notes the ends that nobody
   * saw, of workers that an earlier supervisor knew and of those that came and went meanwhile.
   * @returns those that are new
   */
  async catchUp(workers: readonly SeenWorker[]): Promise<NotedEnd[]> {
    const before = await this.known.read();
    const present = running(workers);
    const gone = before.filter((former) => !present.some((process) => isSameProcess(former, process)));
    const atMs = this.now();
    const missed = gone.map((former) => this.noteEnd({ ...former, atMs }));
    const unheard = this.catchUpOnWords(present);
    this.known.remember(present);
    return [...missed, ...unheard].filter(({ isNew }) => isNew);
  }

  private catchUpOnWords(present: readonly KnownProcess[]): NotedEnd[] {
    const noted: NotedEnd[] = [];
    for (const words of this.words.all()) {
      // Outside pm2 there is no worker that a supervisor could have known.
      if (words.pmId === null || this.isForgotten(words) || present.some((process) => isOf(words, process)))
        continue;
      const atMs = Date.parse(words.at);
      const { pmId, pid, bootId } = words;
      const end: WorkerEnd = { pmId, pid, bootId, startedAtMs: atMs - words.uptimeSeconds * 1000, atMs };
      const owner = this.log.recent().find((decision) => broughtForth(decision, end));
      noted.push(owner && !this.recordOf(end) ? this.join(owner, end, words) : this.note(end, words));
    }
    return noted;
  }

  private note(end: WorkerEnd, words: LastWords | undefined): NotedEnd {
    const recorded = this.recordOf(end);
    if (recorded) {
      const { cause } = whyItEnded(words, end);
      return { decision: recorded, cause, isOurs: recorded.action !== 'restart', isNew: false };
    }
    const owner = this.ownerOf(end, words);
    return owner ? this.join(owner, end, words) : this.record(end, words);
  }

  private recordOf(end: WorkerEnd): Decision | undefined {
    return this.log
      .recent()
      .findLast((decision) => endsOf(decision).some((known) => isSameProcess(known, end)));
  }

  private record(end: WorkerEnd, words: LastWords | undefined): NotedEnd {
    const { cause, message, evidence } = whyItEnded(words, end);
    const decision = this.log.record({
      worker: end,
      action: 'restart',
      reason: `Worker ${end.pmId} ${cause === 'asked' ? 'was stopped, not by the supervisor' : 'ended by itself'}. ${message}`,
      evidence: { ends: [{ ...end, cause }], ...evidence },
      outcome: { result: 'done', message: 'pm2 starts it again, unless somebody stopped it.' },
    });
    const line = { message: decision.reason, decisionId: decision.id };
    this.logger[cause === 'asked' ? 'log' : 'warn'](line);
    return { decision, cause, isOurs: false, isNew: true };
  }

  /** A decision that is over stays as it was written: the last words are then in their file alone. */
  private join(owner: Decision, end: WorkerEnd, words: LastWords | undefined): NotedEnd {
    const { cause, evidence } = whyItEnded(words, end);
    const isTheWorker = owner.worker?.pid === end.pid;
    const decision = this.log.addEvidence(owner.id, {
      ends: [...endsOf(owner), { ...end, cause, ...(!isTheWorker && evidence) }],
      ...(isTheWorker && evidence),
    });
    return { decision: decision ?? owner, cause, isOurs: true, isNew: decision !== undefined };
  }

  /** Said before the oldest decision that is remembered: it may have been recorded and forgotten. */
  private isForgotten({ at }: LastWords): boolean {
    const [oldest] = this.log.recent();
    return oldest !== undefined && this.log.hasForgotten && Date.parse(at) < Date.parse(oldest.at);
  }
}

function running(workers: readonly SeenWorker[]): KnownProcess[] {
  return workers.flatMap(({ pmId, pid, bootId, startedAtMs }) =>
    pid === null || startedAtMs === null ? [] : [{ pmId, pid, bootId, startedAtMs }],
  );
}

/** Whether these are the words of a worker that drains and is not gone yet. */
function isOf(words: LastWords, { bootId, pid, startedAtMs }: KnownProcess): boolean {
  if (bootId !== null) return bootId === words.bootId;
  return pid === words.pid && startedAtMs <= Date.parse(words.at);
}
