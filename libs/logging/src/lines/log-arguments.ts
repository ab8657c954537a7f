import { describeStack, isError, isStack } from './error-description.js';
import { isFields, plainCopy, textOf, type PlainFields } from './plain-copy.js';
import { redactText } from './redaction.js';

/** What a call of Nest's Logger said, as plain data without secrets. */
export interface LogArguments {
  readonly context: string | undefined;
  readonly message: string;
  /** Every error that was handed over, with its causes. */
  readonly errors: readonly PlainFields[];
  readonly fields: PlainFields;
}

/**
 * Reads the arguments as Nest's ConsoleLogger does: the message, what belongs to it, at last the context. Errors and
 * stacks become errors, objects become fields, and everything else joins the message, so that nothing is lost.
 */
export function readLogArguments([first, ...rest]: readonly unknown[]): LogArguments {
  const given = rest.filter((param) => param !== undefined);
  const stacks = given.filter(isStack);
  const params = given.filter((param) => !isStack(param));
  const context = typeof params.at(-1) === 'string' ? textOf(plainCopy(params.pop())) : undefined;

  const head = readMessage(typeof first === 'function' ? resolve(first) : first);
  const texts = [head.text];
  const errors = [...head.errors];
  const fields = Object.entries(head.fields);
  for (const param of params) {
    const copy = plainCopy(param);
    if (!isFields(copy)) texts.push(textOf(copy));
    else if (isError(param)) errors.push(copy);
    else fields.push(...Object.entries(copy));
  }
  for (const stack of stacks) {
    const copy = plainCopy(describeStack(stack));
    if (isFields(copy) && !errors.some((error) => error['stack'] === copy['stack'])) errors.push(copy);
  }
  return {
    context,
    // Once more, because a secret and what gives it away may have come in two arguments: log('Bearer', token).
    message: redactText(texts.filter((text) => text !== '').join(' ')),
    errors,
    fields: Object.fromEntries(fields),
  };
}

function readMessage(message: unknown): { text: string; errors: PlainFields[]; fields: PlainFields } {
  const copy = plainCopy(message);
  if (!isFields(copy)) return { text: textOf(copy), errors: [], fields: {} };
  if (isError(message)) return { text: textOf(copy['message'] || copy['name']), errors: [copy], fields: {} };
  const { message: text = '', ...fields } = copy;
  return { text: textOf(text), errors: [], fields };
}

/** Nest accepts a class, which stands for its name, and a function that makes the message only when it is needed. */
function resolve(message: Function): unknown {
  try {
    return Function.prototype.toString.call(message).startsWith('class ') ? message.name : message();
  } catch (error) {
    return error;
  }
}
