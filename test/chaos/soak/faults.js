/** On a machine that is busy the supervisor may be the first to find a hang: both are true. */
const HANG = /^hang|has answered nothing for/;

/** What may happen to a worker in a soak, and what is then to be on record as the cause. */
export const SOAK_FAULTS = [
  byRequest('busy-loop', HANG),
  byRequest('regular-expression', HANG),
  byRequest('native-block', HANG),
  byRequest('microtask-spin', HANG),
  byRequest('uncaught-exception', /^fatal-error/),
  byRequest('unhandled-rejection', /^fatal-error/),
  bySignal('SIGKILL', /killed from outside/),
  bySignal('SIGSTOP', /has answered nothing for/),
  {
    name: 'object-leak',
    cause: /asks to be replaced: .*(resident set|heap)|^memory/,
    async inject(trial, lottery) {
      const pid = lottery.oneOf(trial.pids);
      trial.order(pid, 'object-leak 20');
      return pid;
    },
  },
];

function byRequest(name, cause) {
  const inject = async (trial) => (await trial.poison(name)).pid;
  return { name, cause, inject };
}

function bySignal(name, cause) {
  return {
    name,
    cause,
    async inject(trial, lottery) {
      const pid = lottery.oneOf(trial.pids);
      trial.signalTo(pid, name);
      return pid;
    },
  };
}
