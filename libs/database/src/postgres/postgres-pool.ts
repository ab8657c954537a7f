import { Logger } from '@nestjs/common';
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { DatabaseUnavailableError } from '../errors.js';
import type { ConnectionCounts } from '../connection-counts.js';
import type { DatabaseOptions } from '../database-options.js';
import { isOutdatedStatement, postgresError } from './postgres-errors.js';
import type { StatementNames } from './statement-names.js';

/** How much longer than the server the client waits before it gives a connection up for dead. */
const ANSWER_GRACE_MS = 1000;

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

  const known = new WeakMap<pg.PoolClient, PooledClient>();
  return {
    async connect() {
      try {
        const client = await pool.connect();
        const pooled = known.get(client) ?? new PooledClient(client, names, onChange);
        known.set(client, pooled);
        return pooled as unknown as PostgresPoolClient;
      } catch (error) {
        throw postgresError(error);
      }
    },
    end: () => pool.end(),
    counts() {
      const { totalCount, idleCount, waitingCount } = pool;
      return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
    },
  };
}

class PooledClient {
  #dead = false;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly names: StatementNames,
    private readonly onChange: () => void,
  ) {
    // The pool listens only while a connection is idle; one that breaks in use would else end the process.
    client.on('error', () => {
      this.#dead = true;
    });
  }

  async query(sql: string, parameters: unknown[]): Promise<unknown> {
    try {
      const result = await this.#run(sql, parameters);
      if (!HARMLESS.test(sql)) this.onChange();
      return result;
    } catch (error) {
      const typed = postgresError(error);
      this.#dead ||= typed instanceof DatabaseUnavailableError;
      throw typed;
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
