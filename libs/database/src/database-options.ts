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

/** Fills in the defaults and freezes. @throws Error when the URL names no database that we know. */
export function resolveDatabaseOptions(
  options: Pick<DatabaseOptions, 'url'> & Partial<DatabaseOptions>,
): DatabaseOptions {
  databaseTarget(options.url);
  return Object.freeze({ ...DEFAULTS, ...options });
}

/** Reads the URL. @throws Error naming what is allowed, without the value: it may hold a password. */
export function databaseTarget(url: string): DatabaseTarget {
  const [, scheme, rest] = /^(sqlite|postgres|postgresql):(.+)$/s.exec(url) ?? [];
  if (scheme === 'sqlite' && rest && rest !== ':memory:') return { kind: 'sqlite', file: resolve(rest) };
  if (scheme?.startsWith('postgres') && URL.canParse(url)) return { kind: 'postgres', url };
  throw new Error('the database URL must be sqlite:<file> or postgres://user:password@host:port/name');
}
