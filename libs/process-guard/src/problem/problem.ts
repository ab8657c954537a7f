import { HttpException } from '@nestjs/common';

/** One field of the request that is wrong, and what is wrong with it. */
export interface FieldError {
  /** Where the value stands, such as `authorIds[0]`; `body` for the body as a whole. */
  readonly field: string;
  readonly message: string;
}

/** What one occurrence of a problem adds to its definition. */
export interface ProblemOccurrence {
  /** One or two sentences for the caller: what happened, with what value, what to try. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** Headers that belong to the answer, such as `Retry-After` or `WWW-Authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The error behind it: logged if the status is 5xx, never sent. */
  readonly cause?: unknown;
}

/** Everything about one problem. */
export interface ProblemInit extends ProblemOccurrence {
  /** Stable and searchable, such as `BOOK_NOT_FOUND`. */
  readonly code: string;
  /** HTTP status, 400–599. */
  readonly status: number;
  /** The same words for every occurrence of the code. */
  readonly title: string;
}

/** An error that is meant for the caller and is answered as `application/problem+json` (RFC 9457). */
export class Problem extends HttpException {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ code, status, title, detail, errors, headers = {}, cause }: ProblemInit) {
    super(detail, status, { cause, errorCode: code });
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
  }
}
