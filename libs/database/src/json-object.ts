import { sql, type RawBuilder } from 'kysely';

/**
 * An object as JSON text, without spaces, of members that are JSON text each: what `SqlDialect` makes with `jsonValue`,
 * `jsonArray` and `jsonList`. The names are part of the query's text.
 */
export function jsonObject(members: Readonly<Record<string, RawBuilder<string>>>): RawBuilder<string> {
  const parts = Object.entries(members).map(([name, value], index) => {
    const start = `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`;
    return sql`${sql.lit(start)} || ${value}`;
  });
  return sql<string>`(${sql.join(parts, sql` || `)} || '}')`;
}
