import { SupervisorApi } from '../api/supervisor-api.js';
import { Console } from '../output/console.js';
import type { Surroundings } from '../surroundings.js';

/** What each command works with. */
export interface CommandContext {
  readonly api: SupervisorApi;
  readonly output: Console;
  readonly surroundings: Surroundings;
  /** Where the service keeps what it writes. */
  readonly stateDir: string;
}

/** @throws EnvironmentError */
export function commandContext(surroundings: Surroundings, isJson: boolean): CommandContext {
  const { timing, signal } = surroundings;
  const environment = surroundings.loadEnvironment();
  const api = new SupervisorApi(environment, timing, signal);
  const { stateDir } = environment;
  return { api, output: new Console(surroundings, isJson), surroundings, stateDir };
}
