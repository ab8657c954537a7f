import { Agent } from 'node:http';
import { poison } from './poison.js';

/**
 * A client that keeps its connection and sends the same again as soon as it is answered, until it is told that the connection is
 * closed, gets no answer, or is to leave.
 */
export function startReturningClient(port, order) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const first = poison(port, order, agent);
  let isLeaving = false;
  return {
    connection: first.connection,
    /** All of them, each with the time at which it was asked for, once there are no more to come. */
    answers: keepAsking(),
    /** After the answer that it waits for, if any, it asks no more. */
    leave: () => (isLeaving = true),
  };

  async function keepAsking() {
    const answers = [];
    for (let { answer } = first; ; answer = again()) {
      const askedAt = Date.now();
      const { fate, headers } = await answer;
      answers.push({ askedAt, fate });
      if (headers?.connection !== 'keep-alive' || isLeaving) return answers;
    }
  }

  function again() {
    const { connection, answer } = poison(port, order, agent);
    // As a rule there is none to be opened; of one that fails the answer tells.
    connection.catch(() => undefined);
    return answer;
  }
}
