import { requireContextName } from './context-name.js';
import { requireLogLevel, type LogLevel } from './log-levels.js';

export interface ConfiguredLevels {
  /** The least grave level that is written. */
  readonly level: LogLevel;
  /** Contexts that have a level of their own. */
  readonly contexts: ReadonlyMap<string, LogLevel>;
}

/**
 * Reads `info,BooksService=debug`: the level, and those of contexts, in any order.
 * @param defaultLevel if the text names only those of contexts, or nothing at all
 * @throws Error naming the part that is wrong.
 */
export function parseLevels(text: string, defaultLevel: LogLevel = 'info'): ConfiguredLevels {
  let level: LogLevel | undefined;
  const contexts = new Map<string, LogLevel>();
  for (const part of partsOf(text)) {
    const [first = '', second, ...others] = part.split('=').map((word) => word.trim());
    if (others.length > 0)
      throw new Error(`"${part}" is not a level of a context; write it as BooksService=debug.`);
    if (second === undefined) {
      const named = requireLogLevel(first);
      if (level !== undefined)
        throw new Error(`"${text}" names two levels, ${level} and ${named}; leave one out.`);
      level = named;
    } else {
      if (contexts.has(first)) throw new Error(`"${text}" names ${first} twice; leave one out.`);
      contexts.set(requireContextName(first), requireLogLevel(second));
    }
  }
  return { level: level ?? defaultLevel, contexts };
}

function partsOf(text: string): string[] {
  return text.trim() === '' ? [] : text.split(',').map((part) => part.trim());
}
