import { connectionsOf } from '../workloads/connections.js';
import { workloadNamed } from '../workloads/index.js';
import { randomFrom } from '../workloads/random.js';
import { recall, remember } from './prepared.js';

const SAMPLES = 20;
const SEED = 1;

export async function prepareWorkload({ origin, workload: name, catalogue }) {
  const ask = (request) => fetchAnswer(origin, request);
  remember(origin, name, await workloadNamed(name).prepare?.({ ask, catalogue }));
}

/** The first requests of one connection, one after another. */
export async function sampleAnswers({ origin, workload: name, catalogue, writeToken }) {
  const workload = workloadNamed(name);
  const { comparable = ({ status, json }) => ({ status, json }), expects = [200], multipleOf = 1 } = workload;
  const requests = workload.requests({
    catalogue,
    writeToken,
    random: randomFrom(SEED),
    connection: 0,
    connections: connectionsOf(workload),
    prepared: recall(origin, name),
  });
  const answers = [];
  for (const request of requests.slice(0, Math.ceil(SAMPLES / multipleOf) * multipleOf)) {
    const answer = await fetchAnswer(origin, request);
    const { method = 'GET', path } = request;
    if (!expects.includes(answer.status)) {
      throw new Error(`${method} ${path} is answered with ${answer.status}: ${answer.text.slice(0, 300)}`);
    }
    answers.push({ request: `${method} ${path}`, answer: comparable(answer) });
  }
  return answers;
}

async function fetchAnswer(origin, { path, method = 'GET', headers, body }) {
  const response = await fetch(`${origin}${path}`, { method, headers, body });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  const isWhole = isJson && !/ndjson/.test(response.headers.get('content-type'));
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isWhole ? JSON.parse(text) : undefined,
  };
}
