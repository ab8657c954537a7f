/** A failure that its message explains to a person in one sentence; a stack would add nothing. */
export class Failure extends Error {
  name = 'Failure';
}

export function failure(message, cause) {
  return new Failure(message, { cause });
}
