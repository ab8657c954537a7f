import { existsSync, readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 20;

/**
 * The clock on the wall as a person sets it: a file says by how many ms it is wrong, to every process of the cluster alike. The
 * monotonic clock goes on, as it does in reality, unless the file has a second number: as if a program measured by no other clock
 * than the first. The times of files stay right, as they would not; so does `process.hrtime`, by which the harness measures.
 */
export function setClockBy(file) {
  const { now } = Date;
  const monotonicNow = performance.now.bind(performance);
  const uptime = process.uptime.bind(process);
  let wrongByMs = 0;
  let monotonicWrongByMs = 0;
  const look = () => {
    if (existsSync(file))
      [wrongByMs, monotonicWrongByMs = 0] = readFileSync(file, 'utf8').split(' ').map(Number);
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  Date.now = () => now() + wrongByMs;
  performance.now = () => monotonicNow() + monotonicWrongByMs;
  process.uptime = () => uptime() + monotonicWrongByMs / 1_000;
  globalThis.Date = new Proxy(Date, {
    construct: (target, args, wanted) =>
      Reflect.construct(target, args.length === 0 ? [target.now()] : args, wanted),
    apply: (target) => new target(target.now()).toString(),
  });
}
