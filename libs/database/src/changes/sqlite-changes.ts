import BetterSqlite3 from 'better-sqlite3';
import type { DatabaseChanges } from './database-changes.js';

/**
 * Asks SQLite's own counter, `data_version`, which changes with each commit by another connection, of this process or of any
 * other. So this has a connection of its own, by which nothing is ever written.
 */
export class SqliteChanges implements DatabaseChanges {
  private connection: BetterSqlite3.Database | undefined;
  private statement: BetterSqlite3.Statement<[], number> | undefined;
  private isStopped = false;

  constructor(private readonly file: string) {}

  version(): number | undefined {
    if (this.isStopped) return undefined;
    try {
      this.connection ??= new BetterSqlite3(this.file, { readonly: true, fileMustExist: true, timeout: 0 });
      this.statement ??= this.connection.prepare<[], number>('pragma data_version').pluck();
      return this.statement.get();
    } catch {
      // There is no file yet, or somebody recovers it: until that is over, nobody can know.
      return undefined;
    }
  }

  /** The counter tells of it. */
  noteOwnCommit(): void {}

  async stop(): Promise<void> {
    this.isStopped = true;
    this.connection?.close();
  }
}
