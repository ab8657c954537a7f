import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Agent, type ClientRequest } from 'node:http';
import type { OutgoingRequest } from './outgoing-request.js';

const CHANNEL = 'http.client.request.created';
const [MAJOR = 0] = process.versions.node.split('.').map(Number);

/** Visits what `node:http` and `node:https` ask. @returns what ends it */
export function onHttpRequest(visit: (request: OutgoingRequest) => void): () => void {
  const visitUnsent = (request: ClientRequest) => {
    // Headers that were given as an array are rendered by now.
    if (!request.headersSent) visit(outgoing(request));
  };
  // Node 20 does not publish it.
  return MAJOR >= 22 ? onCreatedChannel(visitUnsent) : onAddedToAgent(visitUnsent);
}

function onCreatedChannel(visit: (request: ClientRequest) => void): () => void {
  const onCreated = (message: unknown) => visit((message as { request: ClientRequest }).request);
  subscribe(CHANNEL, onCreated);
  return () => void unsubscribe(CHANNEL, onCreated);
}

interface AgentInside {
  addRequest: (this: AgentInside, request: ClientRequest, ...rest: unknown[]) => unknown;
}

/** Every request without a connection of its own comes by here, while its headers can still be set. */
function onAddedToAgent(visit: (request: ClientRequest) => void): () => void {
  const agent = Agent.prototype as unknown as AgentInside;
  const { addRequest } = agent;
  let isStopped = false;
  function visitAndAdd(this: AgentInside, request: ClientRequest, ...rest: unknown[]): unknown {
    if (!isStopped) visit(request);
    return addRequest.call(this, request, ...rest);
  }
  agent.addRequest = visitAndAdd;
  return () => {
    isStopped = true;
    // Somebody else may have put theirs around it.
    if (agent.addRequest === visitAndAdd) agent.addRequest = addRequest;
  };
}

function outgoing(request: ClientRequest): OutgoingRequest {
  return {
    has: (name) => request.hasHeader(name),
    add: (name, value) => void request.setHeader(name, value),
  };
}
