import { Logger } from '@nestjs/common';

/** What Node adds to the error; an `EventTarget` such as an `AbortSignal` is a `target`. */
interface MaxListenersExceededWarning extends Error {
  readonly emitter?: object;
  readonly target?: object;
  readonly type?: string | symbol;
  readonly count?: number;
}

/** Event names can be made up at run time; what has been told is not remembered without bound. */
const MOST_TOLD = 100;

/**
 * Logs one line for each class of emitter and event to which more listeners were added than Node thinks sane: the
 * usual sign that a request adds one and nobody takes it away.
 * @returns what stops it
 */
export function watchListenerLeaks(): () => void {
  const logger = new Logger('ListenerLeaks');
  const told = new Set<string>();

  function onWarning(warning: Error): void {
    if (warning.name !== 'MaxListenersExceededWarning') return;
    const { emitter, target, type, count } = warning as MaxListenersExceededWarning;
    const className = classOf(emitter ?? target);
    const event = String(type);
    const key = `${className} ${event}`;
    if (told.has(key) || told.size >= MOST_TOLD) return;
    told.add(key);
    logger.warn({
      message: `a ${className} has ${count} listeners for "${event}"; are they ever removed?`,
      emitter: className,
      event,
      count,
      // Where the last one was added.
      stack: warning.stack,
    });
  }

  process.on('warning', onWarning);
  return () => process.off('warning', onWarning);
}

/** Never throws, as nothing catches what a listener of `warning` throws. */
function classOf(emitter: object | undefined): string {
  try {
    const name: unknown = emitter?.constructor.name;
    return typeof name === 'string' && name ? name : 'nameless emitter';
  } catch {
    return 'nameless emitter';
  }
}
