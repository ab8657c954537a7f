// Takes and finishes decisions without end in the folder it is given, and says each one as soon as it is taken or finished.
// Every third one is over at once.
import { writeSync } from 'node:fs';
const { DecisionLog } = await import('../../../dist/apps/supervisor/src/decisions/decision-log.js');

const STDOUT = 1;
const [, , folder] = process.argv;
const decision = { worker: null, action: 'reload', reason: 'A test asks for it.', evidence: {} };
const outcome = { result: 'done', message: 'It was done.' };
const say = (what, { id }) => writeSync(STDOUT, `${what} ${id}\n`);

const log = new DecisionLog(folder, { rotateAtBytes: 100_000 });
const { interrupted } = await log.open();
if (interrupted)
  say('finished', log.finish(interrupted.id, { result: 'interrupted', message: 'It was killed.' }));
for (;;) {
  const begun = log.begin(decision);
  say('begun', begun);
  say('finished', log.record({ ...decision, action: 'alarm', outcome }));
  say('finished', log.finish(begun.id, outcome));
}
