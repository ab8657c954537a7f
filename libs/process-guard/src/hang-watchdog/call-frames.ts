/** One call on a stack; line and column count from 1. */
export interface CallFrame {
  /** With its class where it has one; empty for code outside of any function. */
  readonly functionName: string;
  /** A path or `file:` URL for code of the program, `node:…` for Node's own; null for what the engine has built in. */
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
}

/** More of them help nobody. */
const MAX_FRAMES = 50;
/** Classes that say nothing about a function. */
const PLAIN_TYPES = new Set(['Object', 'Function', 'Module', 'global']);

/**
 * The stack of whoever called `below`, which is left out itself. Positions are those of the built files: to map them
 * may read from the disk, which a main thread that hangs should be spared.
 */
export function captureFrames(below: () => unknown): readonly CallFrame[] {
  const { stackTraceLimit } = Error;
  const prepare = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  try {
    Error.stackTraceLimit = MAX_FRAMES;
    Error.prepareStackTrace = (_error, sites) => sites.map(callFrame);
    const holder: { stack?: readonly CallFrame[] } = {};
    Error.captureStackTrace(holder, below);
    return holder.stack ?? [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (prepare) Object.defineProperty(Error, 'prepareStackTrace', prepare);
    else Reflect.deleteProperty(Error, 'prepareStackTrace');
  }
}

function callFrame(site: NodeJS.CallSite): CallFrame {
  return {
    functionName: nameOf(site),
    file: site.getFileName() ?? null,
    line: site.getLineNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
  };
}

function nameOf(site: NodeJS.CallSite): string {
  const name = site.getFunctionName() ?? '';
  const type = site.getTypeName();
  if (site.isConstructor()) return `new ${name}`;
  const isPlain = name === '' || name.includes('.') || type === null || PLAIN_TYPES.has(type);
  return isPlain ? name : `${type}.${name}`;
}
