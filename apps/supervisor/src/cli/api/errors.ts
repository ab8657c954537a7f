/** Nothing answers, or what answers is not the supervisor. */
export class NotReachableError extends Error {
  override readonly name = 'NotReachableError';
}

/** 401 or 403. */
export class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
}

/** The supervisor understood and said no, or could not. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(
    readonly status: number,
    /** Such as ACTION_UNDER_WAY; null if the answer has none. */
    readonly code: string | null,
    message: string,
  ) {
    super(message);
  }
}
