import { resolve } from 'node:path';

/** What {@link DatabaseModule} takes. */
export interface DatabaseOptions {
  /** `sqlite:<file>` (relative to the working directory) or `postgres://user:password@host:port/name`. */
  readonly url: string;
  /**
   * How long a write waits for a lock that somebody else holds, in ms.
   * @default 5000
   */
  readonly busyTimeoutMs: number;
  /**
   * PostgreSQL: how long a query may wait for a connection of the pool, new or in use, in ms.
   * @default 5000
   */
  readonly connectTimeoutMs: number;
  /**
   * PostgreSQL: how long one statement may run, in ms.
   * @default 10000
   */
  readonly statementTimeoutMs: number;
  /**
   * PostgreSQL: the most connections of one process.
   * @default 10 (the default of `pg`)
   */
  readonly poolSize: number;
}

/** Which database a URL names. */
export type DatabaseTarget =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgres'; readonly url: string };

const DEFAULTS = { busyTimeoutMs: 5000, connectTimeoutMs: 5000, statementTimeoutMs: 10_000, poolSize: 10 };

/** Fills in the defaults and freezes. @throws Error naming the option that is wrong, or unknown. */
export function resolveDatabaseOptions(
  options: Pick<DatabaseOptions, 'url'> & Partial<DatabaseOptions>,
): DatabaseOptions {
  databaseTarget(options.url);
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (name === 'url') continue;
    if (!(name in DEFAULTS)) throw new Error(`"${name}" is not an option of the database`);
    if (!Number.isInteger(value) || Number(value) <= 0) {
      throw new Error(`the database option ${name} must be a whole number above 0, not ${String(value)}`);
    }
  }
  return Object.freeze({ ...DEFAULTS, ...Object.fromEntries(given), url: options.url });
}

/** Reads the URL. @throws Error naming what is allowed, without the value: it may hold a password. */
export function databaseTarget(url: string): DatabaseTarget {
  const [, scheme, rest] = /^(sqlite|postgres|postgresql):(.+)$/s.exec(url) ?? [];
  if (scheme === 'sqlite' && rest && rest !== ':memory:') return { kind: 'sqlite', file: resolve(rest) };
  if (scheme?.startsWith('postgres') && URL.canParse(url)) return { kind: 'postgres', url };
  throw new Error('the database URL must be sqlite:<file> or postgres://user:password@host:port/name');
}
