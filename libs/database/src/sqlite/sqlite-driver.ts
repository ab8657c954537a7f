import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely';
import { DatabaseUnavailableError } from '../errors.js';
import { retryWhileBusy } from './retry-while-busy.js';
import { isBusy, sqliteError } from './sqlite-errors.js';
import { SqliteHandle } from './sqlite-handle.js';
import { WriteLock } from './write-lock.js';

/**
 * Two connections to one file: reads never wait for a transaction of this process, and writes are serial.
 * Write transactions start with `begin immediate`, so a lock held elsewhere is met at the start, where waiting is
 * safe, and never in the middle.
 */
export class SqliteDriver implements Driver {
  #writer?: SqliteHandle;
  #reader?: SqliteHandle;
  readonly #writeLock = new WriteLock();

  constructor(
    private readonly file: string,
    private readonly busyTimeoutMs: number,
  ) {}

  async init(): Promise<void> {
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      this.#writer = await retryWhileBusy(this.busyTimeoutMs, () => openWriter(this.file));
      this.#reader = await retryWhileBusy(
        this.busyTimeoutMs,
        () => new SqliteHandle(this.file, { readonly: true }),
      );
    } catch (error) {
      await this.destroy();
      throw new DatabaseUnavailableError(
        `cannot open the SQLite database ${this.file}: ${messageOf(error)}`,
        {
          cause: error,
        },
      );
    }
  }

  /**
   * The rows of a query outside of any transaction, past Kysely's own way of asking for a connection and giving it back.
   * Undefined, and nothing done, while that would have to wait: for a transaction of this process, for a lock that another
   * holds, or for the file to be opened.
   */
  runAtOnce<Row>({ sql, parameters }: CompiledQuery<Row>): Row[] | undefined {
    try {
      const read = this.#reader?.read(sql, parameters) as Row[] | undefined;
      if (read || this.#writeLock.isHeld) return read;
      return this.#writer?.run<Row>(sql, parameters).rows;
    } catch (error) {
      if (isBusy(error)) return undefined;
      throw sqliteError(error);
    }
  }

  async acquireConnection(): Promise<SqliteConnection> {
    if (!this.#reader || !this.#writer) throw new DatabaseUnavailableError('the SQLite database is closed');
    return new SqliteConnection(this.#reader, this.#writer, this.#writeLock, this.busyTimeoutMs);
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await connection.begin();
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    connection.commit();
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.rollback();
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#reader?.close();
    this.#writer?.close();
    this.#reader = this.#writer = undefined;
  }
}

class SqliteConnection implements DatabaseConnection {
  #releaseWriteLock?: () => void;

  constructor(
    private readonly reader: SqliteHandle,
    private readonly writer: SqliteHandle,
    private readonly writeLock: WriteLock,
    private readonly busyTimeoutMs: number,
  ) {}

  async begin(): Promise<void> {
    const release = await this.writeLock.acquire(this.busyTimeoutMs);
    try {
      await retryWhileBusy(this.busyTimeoutMs, () => this.writer.run('begin immediate', []));
    } catch (error) {
      release();
      throw error;
    }
    this.#releaseWriteLock = release;
  }

  /** The lock is kept when this throws: the rollback that follows gives it back. */
  commit(): void {
    try {
      this.writer.run('commit', []);
    } catch (error) {
      throw sqliteError(error);
    }
    this.#unlock();
  }

  rollback(): void {
    try {
      // A full disk makes SQLite roll back by itself.
      if (this.writer.inTransaction) this.writer.run('rollback', []);
    } finally {
      this.#unlock();
    }
  }

  #unlock(): void {
    this.#releaseWriteLock?.();
    this.#releaseWriteLock = undefined;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const run = (handle: SqliteHandle) =>
      retryWhileBusy(this.busyTimeoutMs, () => handle.run<Row>(sql, parameters));

    if (this.#releaseWriteLock) return run(this.writer);
    if (await retryWhileBusy(this.busyTimeoutMs, () => this.reader.isRead(sql))) return run(this.reader);

    const release = await this.writeLock.acquire(this.busyTimeoutMs);
    try {
      return await run(this.writer);
    } finally {
      release();
    }
  }

  // oxlint-disable-next-line require-yield -- the interface demands a generator
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('SQLite results are read in pages, not streamed: an open cursor would hold back the WAL');
  }
}

function openWriter(file: string): SqliteHandle {
  const handle = new SqliteHandle(file, { readonly: false });
  try {
    handle.pragma('journal_mode = WAL');
    // With WAL, NORMAL cannot corrupt the file; a power cut (not a crash) may lose the last commits.
    handle.pragma('synchronous = NORMAL');
    handle.pragma('foreign_keys = ON');
    handle.pragma('temp_store = MEMORY');
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
