/** What a process was told from outside, such as `process.env`. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface VariablesOptions {
  /** Names of variables that are certainly no secrets: what they hold is told when it is wrong. @default none */
  readonly tellsValueOf?: readonly string[];
}

/** Reads variables one by one, and collects what is wrong with them instead of stopping at the first. */
export class VariableReader {
  /** A sentence for each variable that is wrong. */
  readonly problems: string[] = [];

  constructor(
    private readonly variables: Variables,
    private readonly options: VariablesOptions = {},
  ) {}

  /** The text without spaces around it; undefined if there is none. */
  text(name: string): string | undefined {
    return this.variables[name]?.trim() || undefined;
  }

  /**
   * @param parse gives undefined for what it does not understand
   * @param allowed what the variable must be, for the sentence
   * @returns what it means; the fallback if it is not set or wrong
   */
  read<T>(name: string, fallback: T, parse: (text: string) => T | undefined, allowed: string): T {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = parse(text);
    // Null is a value: it may mean that something is off.
    if (value !== undefined) return value;
    this.problems.push(`${name} must be ${allowed}${this.told(name, text)}.`);
    return fallback;
  }

  private told(name: string, text: string): string {
    return this.options.tellsValueOf?.includes(name) ? `, and is ${JSON.stringify(text)}` : '';
  }
}
