/** What is wrong with the environment, a sentence for each variable. Values are not told: they may be secrets. */
export class EnvironmentError<Environment> extends Error {
  override readonly name = 'EnvironmentError';

  constructor(
    readonly problems: readonly string[],
    /** With the defaults in place of what is wrong: good enough to say so in the log. */
    readonly environment: Environment,
  ) {
    super(problems.join(' '));
  }
}
