import { existsSync, readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 20;

/**
 * The clock on the wall as a person sets it: a file says by how many ms it is wrong, to every process of the cluster alike. The
 * monotonic clock goes on, as it does in reality; the times of files stay right, as they would not.
 */
export function setClockBy(file) {
  const { now } = Date;
  let wrongByMs = 0;
  const look = () => {
    if (existsSync(file)) wrongByMs = Number(readFileSync(file, 'utf8'));
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  Date.now = () => now() + wrongByMs;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, wanted) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, wanted),
    apply: (target) => new target(target.now()).toString(),
  });
}
