import { cpus } from 'node:os';

/** Where and when a run was made. */
export function machine() {
  const [{ model }] = cpus();
  return { at: new Date().toISOString(), cpu: model.trim(), cores: cpus().length, node: process.version };
}
