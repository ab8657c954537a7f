import { SupervisorApi } from '../api/supervisor-api.js';
import { Console } from '../output/console.js';
import type { Surroundings } from '../surroundings.js';

/** What each command works with. */
export interface CommandContext {
  readonly api: SupervisorApi;
  readonly output: Console;
  readonly surroundings: Surroundings;
}

/** @throws EnvironmentError */
export function commandContext(surroundings: Surroundings, isJson: boolean): CommandContext {
  const { timing, signal } = surroundings;
  const api = new SupervisorApi(surroundings.loadEnvironment(), timing, signal);
  return { api, output: new Console(surroundings, isJson), surroundings };
}
