import type { Compilable, CompiledQuery, Kysely } from 'kysely';

/** More than a query has optional values to combine; a bound in case lists of any length are given. */
const MOST_TEXTS = 200;

/** Runs a compiled query in the transaction that `db` is, or outside of any: at once where nothing has to be waited for. */
export type RunQuery<Schema> = <Row>(db: Kysely<Schema>, query: CompiledQuery<Row>) => Row[] | Promise<Row[]>;

/**
 * A query whose text is made once and then run with other values, where building and compiling it anew costs several
 * times what the database takes. {@link Database.prepare} makes it.
 *
 * What builds it is called once for each set of values that are present and each length of a list. It gets stand-ins in
 * place of the values: it may ask whether one is undefined and hand it on to the query, but nothing else.
 */
export class PreparedQuery<Schema, Values extends object, Row> {
  readonly #texts = new Map<string, CompiledQuery<Row>>();

  constructor(
    private readonly run: RunQuery<Schema>,
    private readonly build: (values: Values) => Compilable<Row>,
  ) {}

  /** All rows. */
  async execute(db: Kysely<Schema>, values: Values): Promise<Row[]> {
    return this.run(db, this.#bind(values));
  }

  /** The first row, or undefined without any. */
  async executeTakeFirst(db: Kysely<Schema>, values: Values): Promise<Row | undefined> {
    const rows = this.run(db, this.#bind(values));
    // A promise more costs as much as the database takes to find a row.
    return (rows instanceof Promise ? await rows : rows)[0];
  }

  #bind(values: Values): CompiledQuery<Row> {
    const { sql, query, queryId, parameters } = this.#compiledFor(values);
    return {
      sql,
      query,
      queryId,
      parameters: parameters.map((value) => (value instanceof StandIn ? value.valueIn(values) : value)),
    };
  }

  #compiledFor(values: Values): CompiledQuery<Row> {
    const shape = shapeOf(values);
    const known = this.#texts.get(shape);
    if (known) return known;
    const made = this.build(standInsFor(values)).compile();
    if (this.#texts.size === MOST_TEXTS) this.#texts.clear();
    this.#texts.set(shape, made);
    return made;
  }
}

/** What a value of a prepared query may be. No boolean: nothing would keep its stand-in from being asked whether it is true. */
export type PreparedValue = string | number | bigint | Buffer | null | undefined;

/** Values by name, of a type of its own. */
export type PreparedValues<Values> = {
  readonly [Name in keyof Values]: PreparedValue | readonly PreparedValue[];
};

/** Takes the place of a value while a query is built. */
class StandIn {
  constructor(
    private readonly name: string,
    private readonly index?: number,
  ) {}

  /** @throws if it is put into a text or calculated with: it has no value yet. */
  [Symbol.toPrimitive](): never {
    throw new Error(
      `"${this.name}" of a prepared query has no value while the query is built: hand it on as it is, or do with it what is to be done before`,
    );
  }

  valueIn(values: object): unknown {
    const value = values[this.name as keyof typeof values];
    return this.index === undefined ? value : (value as readonly unknown[])[this.index];
  }
}

/** Which values there are, and how long the lists among them: what decides the text of a query. */
function shapeOf(values: object): string {
  let shape = '';
  for (const name in values) {
    const value: unknown = values[name as keyof typeof values];
    if (value !== undefined) shape += Array.isArray(value) ? `${name}*${value.length},` : `${name},`;
  }
  return shape;
}

function standInsFor<Values extends object>(values: Values): Values {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  const standIns = present.map(([name, value]: [string, unknown]) => [
    name,
    Array.isArray(value) ? value.map((_, index) => new StandIn(name, index)) : new StandIn(name),
  ]);
  return Object.fromEntries(standIns) as Values;
}
