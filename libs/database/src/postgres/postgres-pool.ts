import { Logger } from '@nestjs/common';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { DatabaseUnavailableError } from '../errors.js';
import type { ConnectionCounts } from '../connection-counts.js';
import type { DatabaseOptions } from '../database-options.js';
import { isOutdatedStatement, postgresError } from './postgres-errors.js';
import { SilenceWatch } from './silence-watch.js';
import type { StatementNames } from './statement-names.js';

/** How much longer than the server the client waits before it gives a connection up for dead. */
const ANSWER_GRACE_MS = 1000;
/** How long a sign of life may take: a new connection, for which the server need not do anything but answer. */
const SIGN_OF_LIFE_TIMEOUT_MS = 1000;

export interface CountedPool extends PostgresPool {
  counts(): ConnectionCounts;
}

/** What changes nothing, as Kysely writes it. */
const HARMLESS = /^(?:select|begin|start|set|rollback)\b/i;

/**
 * A pool of `pg` whose errors have our types and whose dead connections are not used again.
 * @param onChange called after every statement that may have changed something, before its caller goes on
 */
export function createPostgresPool(
  options: DatabaseOptions,
  names: StatementNames,
  onChange: () => void,
): CountedPool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    statement_timeout: options.statementTimeoutMs,
    query_timeout: options.statementTimeoutMs + ANSWER_GRACE_MS,
    idle_in_transaction_session_timeout: options.statementTimeoutMs,
    keepAlive: true,
    application_name: 'evernest',
  });
  const logger = new Logger('Database');
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', (error) => logger.warn(`an idle PostgreSQL connection was lost: ${error.message}`));

  const silence = new SilenceWatch(
    () => signOfLife(options.url),
    () => performance.now(),
  );
  const known = new WeakMap<pg.PoolClient, PooledClient>();
  return {
    async connect() {
      if (silence.isSilent) await silence.hear();
      // The pool itself gives up what it connects.
      const waiting = () => undefined;
      silence.noteWaiting(waiting);
      try {
        const client = await pool.connect();
        const pooled = known.get(client) ?? new PooledClient(client, names, silence, onChange);
        known.set(client, pooled);
        return pooled as unknown as PostgresPoolClient;
      } catch (error) {
        throw postgresError(error);
      } finally {
        silence.noteEnd(waiting);
      }
    },
    end: () => pool.end(),
    counts() {
      const { totalCount, idleCount, waitingCount } = pool;
      return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
    },
  };
}

/** @throws if the server does not answer in time; that it has no room for one more is an answer */
async function signOfLife(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: SIGN_OF_LIFE_TIMEOUT_MS,
    application_name: 'evernest sign of life',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
  }
  void client.end().catch(() => undefined);
}

class PooledClient {
  #dead = false;
  /** Ends the connection, and the statement that is under way with it. */
  readonly #giveUp = () => void this.client.end().catch(() => undefined);

  constructor(
    private readonly client: pg.PoolClient,
    private readonly names: StatementNames,
    private readonly silence: SilenceWatch,
    private readonly onChange: () => void,
  ) {
    // The pool listens only while a connection is idle; one that breaks in use would else end the process.
    client.on('error', () => {
      this.#dead = true;
    });
  }

  async query(sql: string, parameters: unknown[]): Promise<unknown> {
    this.silence.noteWaiting(this.#giveUp);
    try {
      const result = await this.#run(sql, parameters);
      this.silence.noteAnswer();
      if (!HARMLESS.test(sql)) this.onChange();
      return result;
    } catch (error) {
      if (error instanceof pg.DatabaseError) this.silence.noteAnswer();
      const typed = postgresError(error);
      this.#dead ||= typed instanceof DatabaseUnavailableError;
      throw typed;
    } finally {
      this.silence.noteEnd(this.#giveUp);
    }
  }

  async #run(text: string, values: unknown[]): Promise<unknown> {
    try {
      return await this.client.query({ name: this.names.of(text), text, values });
    } catch (error) {
      if (!isOutdatedStatement(error)) throw error;
      // It stays so for as long as the connection lives. A transaction has failed by it and has to be run again.
      this.#dead = true;
      return this.client.query({ text, values }).catch(() => Promise.reject(error));
    }
  }

  release(): void {
    this.client.release(this.#dead);
  }
}
