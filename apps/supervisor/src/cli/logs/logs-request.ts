import type { ReadLogsOptions } from '@evernest/logging';

/** What `ops logs` was asked for, as commander tells it. */
export interface LogsRequest {
  readonly access?: true;
  readonly source?: readonly string[];
  readonly level?: NonNullable<ReadLogsOptions['level']>;
  readonly context?: string;
  readonly request?: string;
  readonly worker?: number;
  readonly grep?: RegExp;
  readonly since?: number;
  readonly until?: number;
  readonly lines?: number;
  readonly follow?: true;
}

/** As many as fit on a terminal. */
const SHOWN_BEFORE_FOLLOWING = 20;

type Query = Omit<ReadLogsOptions, 'paths' | 'onUnreadable' | 'signal'>;

export function logsQuery(request: LogsRequest): Query {
  const { since, until, grep, request: requestId, lines, follow = false, level, context, worker } = request;
  const last = lines ?? (follow && since === undefined ? SHOWN_BEFORE_FOLLOWING : undefined);
  return { sinceMs: since, untilMs: until, pattern: grep, requestId, last, follow, level, context, worker };
}
