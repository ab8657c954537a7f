import { watchSuddenExit } from './watch-sudden-exit.js';

it('lets the process end also when nothing can be told any more', () => {
  const others = process.listeners('exit');
  const stop = watchSuddenExit(() => {
    throw new Error('no descriptor is left');
  });
  const added = process.listeners('exit').find((listener) => !others.includes(listener));
  expect(() => added?.(1)).not.toThrow();
  stop();
  expect(process.listeners('exit')).toEqual(others);
});
