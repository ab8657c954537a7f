import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { EventLog } from './event-log.js';
import { EventReader } from './event-reader.js';
import type { SupervisorEvent } from './supervisor-event.js';

/** Enough for a client to be away for some minutes of an eventful night. */
const KEPT_EVENTS = 1000;
/** A client that is further behind is dropped; it may come back and go on where it was. */
const MOST_BYTES_BEHIND = 1024 * 1024;
/** Less than the minute after which proxies commonly give up on a silent connection. */
const HEARTBEAT_MS = 15_000;
/** When a browser comes back after the stream has ended. */
const RETRY_MS = 2000;

/** What happens in the supervisor, as server-sent events for any number of clients. */
export class EventStream implements OnModuleDestroy {
  private readonly logger = new Logger('EventStream');
  private readonly log: EventLog;
  private readonly readers = new Set<EventReader>();
  private heartbeat: NodeJS.Timeout | undefined;
  private isOver = false;

  /** @param startedAtMs when this supervisor was started, by the clock on the wall: what makes its ids its own */
  constructor(startedAtMs: number = Date.now()) {
    this.log = new EventLog(KEPT_EVENTS, startedAtMs);
  }

  /** How many clients are listening. */
  get clients(): number {
    return this.readers.size;
  }

  /** The id of what was published last. */
  get idOfNewest(): string {
    return this.log.idOf(this.log.newest);
  }

  /** Tells all clients, and those who come back for it later. */
  publish({ type, data }: SupervisorEvent): void {
    this.log.append((id) => block({ event: type, id, data: JSON.stringify(data) }));
    for (const reader of this.readers) {
      reader.deliver();
      if (reader.isLost || reader.bytesBehind > MOST_BYTES_BEHIND) this.drop(reader);
    }
  }

  /**
   * The events from now on or, for a client that comes back, all that followed the last one it got. If they are no longer
   * there, it begins with the event `reset`: the client has to read the state anew. Whoever opens the stream destroys it.
   *
   * @param lastEventId the header `Last-Event-ID`
   */
  open(lastEventId?: string): Readable {
    const { log, readers } = this;
    const known = lastEventId ? log.numberOf(lastEventId) : undefined;
    const position = known ?? log.newest;
    const id = log.idOf(position);
    const reader = new EventReader(
      log,
      position,
      lastEventId && known === undefined ? reset(id) : block({ retry: RETRY_MS, id }),
    );
    if (this.isOver) {
      reader.end();
      return reader;
    }
    readers.add(reader);
    reader.once('close', () => this.forget(reader));
    this.heartbeat ??= setInterval(() => this.beat(), HEARTBEAT_MS).unref();
    return reader;
  }

  /** Ends all streams, once each client has got what was published, and those that are opened later. */
  end(): void {
    this.isOver = true;
    for (const reader of this.readers) reader.end();
  }

  onModuleDestroy(): void {
    this.end();
  }

  private beat(): void {
    for (const reader of this.readers) reader.beat(': still here\n\n');
  }

  private drop(reader: EventReader): void {
    this.logger.warn('dropped a client of /events that does not keep up');
    reader.destroy();
    this.forget(reader);
  }

  private forget(reader: EventReader): void {
    this.readers.delete(reader);
    if (this.readers.size > 0) return;
    clearInterval(this.heartbeat);
    this.heartbeat = undefined;
  }
}

function reset(id: string): string {
  const message = 'What followed the last event that you got is no longer here. Read the state anew.';
  return block({ event: 'reset', retry: RETRY_MS, id, data: JSON.stringify({ message }) });
}

function block(fields: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
  return `${lines.join('')}\n`;
}
