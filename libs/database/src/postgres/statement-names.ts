/** More than the prepared queries of a service have texts; every connection keeps as many plans. */
const MOST_NAMES = 500;

/**
 * The names under which PostgreSQL keeps the plans of queries that run again and again, so that it parses and plans
 * each once for a connection. Any other query has none.
 */
export class StatementNames {
  readonly #names = new Map<string, string>();

  add(sql: string): void {
    if (this.#names.size < MOST_NAMES && !this.#names.has(sql)) {
      this.#names.set(sql, `evernest_${this.#names.size}`);
    }
  }

  of(sql: string): string | undefined {
    return this.#names.get(sql);
  }
}
