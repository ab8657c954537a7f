import type { ModuleMetadata } from '@nestjs/common';

/** What {@link HttpApiModule} is told. */
export interface HttpApiOptions {
  /** The bearer token that everything but health asks for; null refuses everything but health. */
  readonly opsToken: string | null;
  /**
   * Patterns of further routes that need no token, as they are registered, such as those of the console page's static files.
   * @default none
   */
  readonly publicRoutes?: readonly string[];
  /** The modules that export {@link Operations} and {@link FleetMetrics}. @default none, for global ones */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

/** Who may ask for what. */
export interface AccessPolicy {
  readonly opsToken: string | null;
  readonly publicRoutes: ReadonlySet<string>;
}

export const ACCESS_POLICY = Symbol('ACCESS_POLICY');

const NAMES = new Set(['opsToken', 'publicRoutes', 'imports']);

/** Checks, fills in the defaults and freezes. @throws Error for an option that does not exist or cannot be; a token is never told. */
export function resolveAccessPolicy(given: HttpApiOptions): AccessPolicy {
  const unknown = Object.keys(given).find((name) => !NAMES.has(name));
  if (unknown) throw new Error(`the HTTP API has no option ${unknown}; it has ${[...NAMES].join(', ')}`);
  const { opsToken, publicRoutes = [] } = given;
  if (opsToken !== null && !/^[\x21-\x7e]+$/.test(opsToken)) {
    throw new Error(
      'opsToken must be printable ASCII without spaces, or null: a header can hold nothing else',
    );
  }
  const relative = publicRoutes.find((route) => !route.startsWith('/'));
  if (relative !== undefined) {
    throw new Error(`publicRoutes must begin with /, and one of them is ${JSON.stringify(relative)}`);
  }
  return Object.freeze({ opsToken, publicRoutes: new Set(publicRoutes) });
}
