import { boundedText, MAX_TEXT_LENGTH } from './bounded-text.js';
import { describeStack, isError, isStack } from './error-description.js';
import { plainCopy } from './plain-copy.js';
import { isFields, textOf, type PlainFields } from './plain.js';
import { pathsBelow, type RedactedPaths } from './redacted-paths.js';

/** What a call of Nest's Logger said, as plain data without secrets. */
export interface LogArguments {
  readonly context: string | undefined;
  readonly message: string;
  /** Every error that was handed over, with its causes. */
  readonly errors: readonly PlainFields[];
  /** The fields of each object that was handed over; those of later ones win. */
  readonly fields: readonly PlainFields[];
}

/**
 * Reads the arguments as Nest's ConsoleLogger does: the message, what belongs to it, at last the context. Errors and
 * stacks become errors, objects become fields, and everything else joins the message, so that nothing is lost.
 */
export function readLogArguments(
  [first, ...rest]: readonly unknown[],
  paths: RedactedPaths | undefined,
): LogArguments {
  const params = rest.filter((param) => param !== undefined && !isStack(param));
  const last = params.at(-1);
  const context = typeof last === 'string' ? boundedText(last, MAX_TEXT_LENGTH) : undefined;
  if (context !== undefined) params.pop();

  const reader = new ArgumentsReader(paths);
  reader.readMessage(typeof first === 'function' ? resolve(first) : first);
  for (const param of params) reader.readParam(param);
  for (const param of rest) if (isStack(param)) reader.readStack(param);
  return { context, message: reader.message(), errors: reader.errors, fields: reader.fields };
}

class ArgumentsReader {
  readonly errors: PlainFields[] = [];
  readonly fields: PlainFields[] = [];
  private readonly texts: string[] = [];

  constructor(private readonly paths: RedactedPaths | undefined) {}

  readMessage(message: unknown): void {
    if (typeof message !== 'object' || message === null) return this.readParam(message);
    const copy = this.copy(message);
    if (!isFields(copy)) this.addText(textOf(copy));
    else if (isError(message)) {
      this.addText(textOf(copy['message'] || copy['name']));
      this.errors.push(copy);
    } else {
      const { message: text = '', ...fields } = copy;
      this.addText(textOf(text));
      this.fields.push(fields);
    }
  }

  readParam(param: unknown): void {
    const copy = this.copy(param);
    if (!isFields(copy)) this.addText(textOf(copy));
    else if (isError(param)) this.errors.push(copy);
    else this.fields.push(copy);
  }

  readStack(stack: string): void {
    const copy = plainCopy(describeStack(stack), this.pathsOfError());
    if (isFields(copy) && !this.errors.some((error) => error['stack'] === copy['stack']))
      this.errors.push(copy);
  }

  message(): string {
    const [first = '', ...others] = this.texts;
    // Once more, because a secret and what gives it away may have come in two arguments: log('Bearer', token).
    return others.length === 0 ? first : boundedText(this.texts.join(' '), MAX_TEXT_LENGTH);
  }

  private copy(param: unknown): ReturnType<typeof plainCopy> {
    return plainCopy(param, this.paths && isError(param) ? this.pathsOfError() : this.paths);
  }

  /** Where the next error comes in the line. */
  private pathsOfError(): RedactedPaths | undefined {
    if (this.errors.length === 0) return pathsBelow(this.paths, 'error');
    return pathsBelow(pathsBelow(this.paths, 'otherErrors'), String(this.errors.length - 1));
  }

  private addText(text: string): void {
    if (text !== '') this.texts.push(text);
  }
}

/** Nest accepts a class, which stands for its name, and a function that makes the message only when it is needed. */
function resolve(message: Function): unknown {
  try {
    return Function.prototype.toString.call(message).startsWith('class ') ? message.name : message();
  } catch (error) {
    return error;
  }
}
