/** What is wrong with the environment, a sentence for each variable. Values are not told: they may be secrets. */
export class EnvironmentError<Environment> extends Error {
  override readonly name = 'EnvironmentError';
  /** Not an own property: a log that shows those of errors would tell the values. */
  readonly #environment: Environment;

  constructor(
    readonly problems: readonly string[],
    environment: Environment,
  ) {
    super(problems.join(' '));
    this.#environment = environment;
  }

  /** With the defaults in place of what is wrong: good enough to say so in the log. */
  get environment(): Environment {
    return this.#environment;
  }
}
