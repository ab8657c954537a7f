import type { Reading } from './reading.js';

/** What a state set is made of. */
export interface StateSet<State extends string> {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  /** All that there are. */
  readonly states: readonly State[];
  readonly read: () => State;
}

/** A gauge per state, 1 for the one that holds and 0 for the others, as OpenMetrics has them. */
export function stateSet<State extends string>({ states, read, ...named }: StateSet<State>): Reading {
  return {
    ...named,
    type: 'gauge',
    read() {
      const current = read();
      return Object.fromEntries(states.map((state) => [state, Number(state === current)]));
    },
  };
}
