import { unexplainedEnds, wrongCause } from './cause-on-record.js';

const injected = { name: 'object-leak', cause: /resident set/, pid: 7 };
const replaced = { reason: 'Worker 0 asks to be replaced: The resident set is 700 MB.', outcome: {} };

function trialWith(decisions, lastWords) {
  const records = { decisionsAbout: () => decisions, lastWordsOf: () => lastWords };
  return { records, until: async (look) => look() };
}

it('is the right one if the one decision has it, where the worker was asked to leave', async () => {
  expect(await wrongCause(trialWith([replaced], { cause: 'asked' }), injected)).toBeUndefined();
});

it('is the right one if the worker itself said so', async () => {
  const words = { cause: 'memory', message: 'The resident set is 700 MB.' };
  expect(await wrongCause(trialWith([{ reason: 'It ended by itself.' }], words), injected)).toBeUndefined();
});

it('is wrong if what the worker said is another, whatever was decided', async () => {
  const wrong = await wrongCause(trialWith([replaced], { cause: 'hang', message: 'It hung.' }), injected);
  expect(wrong).toBe('object-leak of 7: hang / It hung. (1 decisions)');
});

it('is wrong if there are two decisions, or none', async () => {
  expect(await wrongCause(trialWith([replaced, replaced]), injected)).toContain('(2 decisions)');
  expect(await wrongCause(trialWith([]), injected)).toBe('object-leak of 7: nothing (0 decisions)');
});

it('is asked for of every other process that ended', () => {
  const records = { decisionsAbout: (pid) => (pid === 8 ? [{ reason: 'It hung.' }] : []) };
  const watch = {
    all: [{ pid: 7, endedAt: 1 }, { pid: 8, endedAt: 2 }, { pid: 9, endedAt: 3 }, { pid: 10 }],
  };
  expect(unexplainedEnds({ records, watch }, new Set([7]))).toEqual(['8: It hung.', '9: nothing on record']);
});
