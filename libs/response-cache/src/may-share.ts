import type { IncomingHttpHeaders } from 'node:http';

const ASKS_FOR_A_NEW_ONE = /\bno-(?:cache|store)\b/i;

/** Whether a request may be given, and may leave, an answer that is everybody's. */
export function mayShare({ authorization, 'cache-control': wish }: IncomingHttpHeaders): boolean {
  return authorization === undefined && (wish === undefined || !ASKS_FOR_A_NEW_ONE.test(wish));
}
