import { oneLine } from '../output/printable.js';

/** What an error's body says, RFC 9457. */
export interface ReadProblem {
  /** Stable, such as ACTION_UNDER_WAY; null if it has none. */
  readonly code: string | null;
  readonly sentence: string;
}

/** @returns undefined if the body is no problem: then it is not the supervisor that answered */
export function readProblem(body: unknown): ReadProblem | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, detail, title, errors } = body as Readonly<Record<string, unknown>>;
  const said = [detail, title].find((words) => typeof words === 'string' && words !== '');
  if (typeof said !== 'string') return undefined;
  const fields = Array.isArray(errors) ? errors.map(fieldSentence).filter((field) => field !== '') : [];
  return {
    code: typeof code === 'string' ? code : null,
    sentence: oneLine([said, ...fields].join(' ')),
  };
}

function fieldSentence(error: unknown): string {
  const { field, message } = (error ?? {}) as Readonly<Record<string, unknown>>;
  return typeof field === 'string' && typeof message === 'string' ? `${field}: ${message}.` : '';
}
