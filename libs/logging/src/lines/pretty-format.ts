import winston from 'winston';
import { escapeControlCharacters as escape } from './control-characters.js';
import type { LogLine } from './log-line.js';
import { isFields, textOf, type Plain, type PlainFields } from './plain.js';

const colours = winston.format.colorize({
  colors: {
    fatal: 'bold red',
    error: 'red',
    warn: 'yellow',
    info: 'green',
    debug: 'magenta',
    verbose: 'cyan',
    faint: 'gray',
  },
});

/** Makes a line for people: time, level, context, message and fields, then each error's stack and causes, indented. */
export function prettyFormat(coloured: boolean): (line: LogLine) => string {
  const paint = (colour: string, text: string) => (coloured ? colours.colorize(colour, text) : text);

  return ({ time, level, context, message, pid: _pid, ...fields }) => {
    const values = Object.entries(fields);
    const head = [
      paint('faint', new Date(time).toTimeString().slice(0, 8)),
      paint(level, level.toUpperCase().padEnd(7)),
      ...(context === undefined ? [] : [paint('faint', `[${escape(textOf(context))}]`)]),
      escape(message),
      ...values
        .filter(([, value]) => !holdsErrors(value))
        .map(([name, value]) => paint('faint', field(name, value))),
    ];
    const errors = values.filter(([, value]) => holdsErrors(value)).flatMap(([, value]) => value);
    const stacks = errors.flatMap((error) => errorLines(error)).map((line) => paint('faint', line));
    return [head.join(' '), ...stacks].join('\n');
  };
}

function holdsErrors(value: Plain): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isDescribedError) : isDescribedError(value);
}

function isDescribedError(value: Plain): value is PlainFields & { causes: Plain[] } {
  return isFields(value) && typeof value['name'] === 'string' && Array.isArray(value['causes']);
}

function errorLines(error: Plain): string[] {
  if (!isDescribedError(error)) return [];
  return [...stackLines(error), ...error.causes.flatMap((cause) => stackLines(cause, 'caused by: '))];
}

function stackLines(error: Plain, introduction = ''): string[] {
  const described = isFields(error) ? error : { message: error };
  const {
    name = '',
    message = described['value'] ?? null,
    stack = `${textOf(name)}: ${textOf(message)}`,
  } = described;
  return `${introduction}${textOf(stack)}`.split('\n').map((line) => `    ${escape(line)}`);
}

function field(name: string, value: Plain): string {
  return escape(
    `${name}=${typeof value === 'string' && /^[\w.:/-]+$/.test(value) ? value : JSON.stringify(value)}`,
  );
}
