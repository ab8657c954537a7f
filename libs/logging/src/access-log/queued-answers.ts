import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Answers to requests that a client sent without waiting for the answer before. Node gives such an answer its connection
 * only when its turn has come, so that it is never told if the connection closes first.
 */
export class QueuedAnswers {
  private readonly bySocket = new WeakMap<Socket, Set<ServerResponse>>();

  /** @param onClientGone called if the connection closes before the answer's turn */
  constructor(private readonly onClientGone: (response: ServerResponse) => void) {}

  add(response: ServerResponse, socket: Socket): void {
    const queued = this.bySocket.get(socket) ?? this.watch(socket);
    queued.add(response);
    response.on('close', () => queued.delete(response));
  }

  /** One listener for all that is queued: a client that sends many must not look like a leak of listeners. */
  private watch(socket: Socket): Set<ServerResponse> {
    const queued = new Set<ServerResponse>();
    this.bySocket.set(socket, queued);
    socket.on('close', () => {
      for (const response of queued) this.onClientGone(response);
    });
    return queued;
  }
}
