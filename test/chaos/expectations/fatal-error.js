import { exactly, like } from './bounds.js';

/** @param {{ pid: number, answer: Promise<object> }} poisoned */
export async function expectAnsweredAndReplaced(trial, { pid, answer }) {
  const { fate, headers, body = '' } = await answer;
  await trial.endOf(pid);
  const { lost } = await trial.over();
  const words = trial.records.lastWordsOf(pid);

  trial.expect('its answer', fate, exactly('500'));
  trial.expect('the answer has its id', body.includes(headers?.['x-request-id'] ?? 'none'), exactly(true));
  trial.expect('cause on record', words?.cause, exactly('fatal-error'));
  trial.expect('message on record', words?.message, like(/broken on purpose/));
  trial.expect('request on record', words?.request?.id, exactly(headers?.['x-request-id']));
  trial.expect('own requests lost', lost.own.length, exactly(0));
  trial.expect('bystanders lost', lost.bystanders.length, exactly(0));
}
