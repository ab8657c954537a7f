import { Agent, request } from 'node:http';
import { join } from 'node:path';

/** What a worker answered. */
export interface DoorAnswer {
  readonly status: number;
  readonly body: string;
}

export interface DoorRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly timeoutMs: number;
}

/** A page of metrics of a large service is some 100 KB. */
const LONGEST_ANSWER_BYTES = 4 * 1024 * 1024;

/** The service door of one process of one worker: its own Unix socket, which no other process answers. */
export class WorkerDoor {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });
  private readonly socketPath: string;

  /** @param folder where the workers of the service have their doors */
  constructor(folder: string, service: string, pmId: number, pid: number) {
    this.socketPath = join(folder, `${service}-${pmId}.${pid}.sock`);
  }

  /** @throws Error if there is no answer in time, all of it. */
  ask({ method = 'GET', path, body, timeoutMs }: DoorRequest): Promise<DoorAnswer> {
    const { agent, socketPath } = this;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = text === undefined ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const asked = request({ agent, socketPath, method, path, headers, signal }, (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          length += chunk.length;
          if (length > LONGEST_ANSWER_BYTES) asked.destroy(new Error(`the answer to ${path} is too long`));
        });
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
        response.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
