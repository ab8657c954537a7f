import type { Decision } from '../../decisions/decision.js';
import type { SupervisorEvent } from '../../events/supervisor-event.js';
import { NotReachableError, RefusedError } from '../api/errors.js';
import { parseJson } from '../api/parse-json.js';
import type { EventCursor, ServerSentEvent } from '../api/server-sent-events.js';
import type { LiveEvents, SupervisorApi } from '../api/supervisor-api.js';
import type { Timing } from '../surroundings.js';
import { pause } from './pause.js';

/** A decision that has come to its end. */
export interface DecisionAtEnd extends Decision {
  readonly outcome: NonNullable<Decision['outcome']>;
}

export interface FollowOptions {
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** Told when something is begun, and of each step that the supervisor tells, once. */
  readonly onBegin: (decision: Decision) => void;
  readonly onStep: (message: string) => void;
}

/**
 * Asks for something to be done and waits for its end. Listens before it asks, so that no step is missed; goes on where it was when
 * the connection drops, and asks for the decision itself where events cannot tell.
 * @throws NotReachableError if the supervisor stays away, RefusedError, NotAllowedError, or the reason of the signal
 */
export async function askAndFollow(
  api: SupervisorApi,
  ask: () => Promise<Decision>,
  options: FollowOptions,
): Promise<DecisionAtEnd> {
  const cursor: EventCursor = { lastEventId: '' };
  let live = await listen(api, cursor);
  let decision: Decision;
  try {
    decision = await ask();
  } catch (error) {
    live?.close();
    throw error;
  }
  options.onBegin(decision);
  if (isAtEnd(decision)) {
    live?.close();
    return decision;
  }
  return new Following(api, decision.id, options, cursor).untilEnd(live);
}

/** @returns undefined where there are no events */
async function listen(api: SupervisorApi, cursor: EventCursor): Promise<LiveEvents | undefined> {
  try {
    return await api.events(cursor);
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

class Following {
  private lastHeardAtMs = performance.now();

  constructor(
    private readonly api: SupervisorApi,
    private readonly id: string,
    private readonly options: FollowOptions,
    private readonly cursor: EventCursor,
  ) {}

  async untilEnd(begun: LiveEvents | undefined): Promise<DecisionAtEnd> {
    const { timing, signal } = this.options;
    let live = begun;
    for (;;) {
      const told = live && (await this.hear(live));
      signal.throwIfAborted();
      const end = told ?? (await this.lookUp());
      if (end) return end;
      await pause(timing.retryMs, signal);
      live = await this.patiently(() => listen(this.api, this.cursor));
    }
  }

  /** @returns the end; undefined if the connection ended before, or tells nothing of what was missed */
  private async hear({ events, close }: LiveEvents): Promise<DecisionAtEnd | undefined> {
    try {
      for await (const event of events) {
        this.lastHeardAtMs = performance.now();
        const end = event.type === 'reset' ? await this.lookUp() : this.take(event);
        if (end) return end;
      }
      return undefined;
    } finally {
      close();
    }
  }

  private take({ type, data: text }: ServerSentEvent): DecisionAtEnd | undefined {
    const event = { type, data: parseJson(text) } as SupervisorEvent;
    if (typeof event.data !== 'object' || event.data === null) return undefined;
    switch (event.type) {
      case 'decision':
        return event.data.id === this.id && isAtEnd(event.data) ? event.data : undefined;
      case 'progress':
        if (event.data.decisionId === this.id) this.options.onStep(event.data.message);
        return undefined;
      case 'alarm':
        this.options.onStep(`Alarm: ${event.data.message}`);
        return undefined;
      case 'worker':
      default:
        return undefined;
    }
  }

  private async lookUp(): Promise<DecisionAtEnd | undefined> {
    const decision = await this.patiently(() => this.api.decision(this.id));
    return decision && isAtEnd(decision) ? decision : undefined;
  }

  /** A supervisor that is being restarted is away for a while. @returns undefined while it is */
  private async patiently<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await question();
      this.lastHeardAtMs = performance.now();
      return answer;
    } catch (error) {
      const isAway =
        error instanceof NotReachableError || (error instanceof RefusedError && error.status >= 500);
      const awayForMs = performance.now() - this.lastHeardAtMs;
      if (isAway && awayForMs < this.options.timing.patienceMs) return undefined;
      throw error;
    }
  }
}

function isAtEnd(decision: Decision): decision is DecisionAtEnd {
  return decision.outcome !== null;
}
