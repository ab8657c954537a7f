/** The fields of a line that are secret, as a tree of names; the name `*` stands for any. */
export interface RedactedPaths {
  readonly isSecret: boolean;
  readonly below: ReadonlyMap<string, RedactedPaths>;
}

// Deeper values and more items are not written.
const MAX_NAMES = 10;
const MAX_PATHS = 100;

/**
 * Reads paths such as `user.email` and `items.*.card`, from the top of a line on; `*` is any name or index.
 * @throws Error naming the path that is wrong.
 */
export function parseRedactedPaths(paths: readonly string[]): RedactedPaths {
  if (paths.length > MAX_PATHS) {
    throw new Error(
      `Logging redacts ${paths.length} paths; at most ${MAX_PATHS} are possible, "*" stands for any name.`,
    );
  }
  return compile(paths.map(namesOf));
}

/** What is secret in the field of this name. */
export function pathsBelow(paths: RedactedPaths | undefined, name: string): RedactedPaths | undefined {
  return paths?.below.get(name) ?? paths?.below.get('*');
}

function namesOf(path: string): string[] {
  const names = path.split('.');
  if (/[[\]\s"']/.test(path) || names.includes('') || names.length > MAX_NAMES) {
    throw new Error(
      `"${path}" is not a path that logging can redact; write up to ${MAX_NAMES} names with dots between, "*" for any: ` +
        'user.email, items.*.card, headers.x-internal.',
    );
  }
  return names;
}

/** Paths that begin with `*` go below each other name too, so that one look-up is enough later. */
function compile(paths: readonly string[][]): RedactedPaths {
  const names = new Set(paths.flatMap(([name]) => name ?? []));
  const below = [...names].map((name): [string, RedactedPaths] => {
    const matching = paths.filter(([first]) => first === name || first === '*');
    return [name, compile(matching.map(([, ...rest]) => rest))];
  });
  return { isSecret: paths.some((path) => path.length === 0), below: new Map(below) };
}
