import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { CHANGES_CHANNEL, SILENT_TABLES } from './announce-changes.js';
import type { DatabaseChanges } from './database-changes.js';

/** A commit that was acknowledged longer ago than this has shown, or it is known that nobody can know. */
export const POSTGRES_STALENESS_BOUND_MS = 1000;
/** How often the connection has to prove that announcements arrive. */
const HEARTBEAT_MS = 250;
/** A proof that takes longer than this would be out of date when it comes. */
const HEARTBEAT_TIMEOUT_MS = POSTGRES_STALENESS_BOUND_MS - HEARTBEAT_MS;
const CONNECT_TIMEOUT_MS = 5000;
const RECONNECT_AFTER_MS = 500;
const FAREWELL_MS = 200;

/**
 * Listens, on a connection of its own, to what the triggers announce with each commit; see announce-changes.ts.
 *
 * PostgreSQL delivers announcements in the order of their commits. So one of our own that arrives proves that all have arrived
 * that were committed before it was sent. Without such a proof from the last second nothing is known: be the connection cut or
 * silently dead, be there a pooler that does not pass announcements on, or was the process itself stopped for a while.
 */
export class PostgresChanges implements DatabaseChanges {
  private readonly logger = new Logger('DatabaseChanges');
  private readonly heartbeatChannel = `evernest_heartbeat_${randomUUID().replaceAll('-', '')}`;
  private readonly stopping = new AbortController();
  private readonly stopped: Promise<void>;
  private currentVersion = 0;
  private provenUntilMs = Number.NEGATIVE_INFINITY;
  private isBlind = false;

  constructor(private readonly url: string) {
    this.stopped = this.listenUntilStopped();
  }

  version(): number | undefined {
    return performance.now() < this.provenUntilMs ? this.currentVersion : undefined;
  }

  noteOwnCommit(): void {
    this.currentVersion += 1;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.stopped;
  }

  private async listenUntilStopped(): Promise<void> {
    const { signal } = this.stopping;
    // Before the loop looks whether it is to stop, and not at the top: see Database's pool.
    const { Client } = await import('pg');
    while (!signal.aborted) {
      const socket = new Socket();
      const client = this.createClient(Client, socket);
      try {
        await this.connect(client, socket);
        await this.listen(client);
      } catch (error) {
        if (!signal.aborted) this.noteBlind(error instanceof Error ? error.message : String(error));
      }
      this.noteLoss();
      await leave(client, socket);
      await this.pause(RECONNECT_AFTER_MS).catch(() => undefined);
    }
  }

  /** A server that takes the connection and then is silent must not hold up our end. */
  private async connect(client: pg.Client, socket: Socket): Promise<void> {
    const { signal } = this.stopping;
    const giveUp = () => socket.destroy();
    signal.addEventListener('abort', giveUp);
    await client.connect().finally(() => signal.removeEventListener('abort', giveUp));
  }

  /** @throws once the connection is lost, or to be given up. */
  private async listen(client: pg.Client): Promise<never> {
    const over = new AbortController();
    client.once('end', () => {
      over.abort();
      this.noteLoss();
    });
    // All that are searched: a table need not be in the first, which may have been created later.
    const { rows } = await client.query<{ schema: string }>(
      'select unnest(current_schemas(false)) as schema',
    );
    const schemas = new Set(rows.map(({ schema }) => schema));
    client.on('notification', ({ channel, payload = '' }) => {
      if (channel === this.heartbeatChannel) this.noteProof(Number(payload));
      else if (schemas.has(payload)) this.currentVersion += 1;
    });
    await client.query(`listen ${CHANGES_CHANNEL}; listen ${this.heartbeatChannel}`);
    await requireAnnouncements(client);
    // Of what was committed before, nobody has told.
    this.currentVersion += 1;
    while (!over.signal.aborted) {
      await client.query('select pg_notify($1, $2)', [this.heartbeatChannel, String(performance.now())]);
      await this.pause(HEARTBEAT_MS);
      const isUnheard = !over.signal.aborted && this.version() === undefined;
      if (isUnheard) this.noteBlind('its announcements do not arrive; is there a pooler?');
    }
    throw new Error('the connection was closed');
  }

  private createClient(Client: typeof pg.Client, socket: Socket): pg.Client {
    const client = new Client({
      stream: () => socket,
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: HEARTBEAT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'evernest changes',
    });
    // The next query tells of it; without a listener it would end the process.
    client.on('error', () => undefined);
    return client;
  }

  private noteProof(sentAtMs: number): void {
    this.provenUntilMs = sentAtMs + POSTGRES_STALENESS_BOUND_MS;
    if (!this.isBlind) return;
    this.isBlind = false;
    this.logger.log('changes in PostgreSQL are seen again');
  }

  private noteLoss(): void {
    this.provenUntilMs = Number.NEGATIVE_INFINITY;
  }

  private noteBlind(reason: string): void {
    if (this.isBlind) return;
    this.isBlind = true;
    this.logger.warn(`changes in PostgreSQL cannot be seen, so nothing is answered from memory: ${reason}`);
  }

  private async pause(durationMs: number): Promise<void> {
    await delay(durationMs, undefined, { signal: this.stopping.signal, ref: false });
  }
}

/** A connection that is dead without having been closed would not say goodbye. */
async function leave(client: pg.Client, socket: Socket): Promise<void> {
  client.removeAllListeners('notification');
  await Promise.race([client.end().catch(() => undefined), delay(FAREWELL_MS, undefined, { ref: false })]);
  socket.destroy();
}

/** A table without a trigger would change and nobody be told. @throws Error naming those */
async function requireAnnouncements(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(SILENT_TABLES);
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new Error(`what is committed to ${names} is not announced; make tables in a migration`);
}
