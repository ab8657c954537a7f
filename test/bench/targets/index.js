import { evernestCluster } from './evernest-cluster/target.js';
import { evernestWithout } from './evernest-without/target.js';
import { evernest } from './evernest/target.js';
import { fastify } from './fastify/target.js';
import { nestExpressTypeorm } from './nest-express-typeorm/target.js';
import { nestFastify } from './nest-fastify/target.js';
import { nodeHttp } from './node-http/target.js';

/**
 * A target has a `name`, a `title`, and `launch(options)`, which starts it and returns what tells its `pids()` and
 * `stop()`s it. Optional: `workloads`, the names of those that it supports, by default all; `processes`, by default 1.
 */
export const TARGETS = [
  nodeHttp,
  fastify,
  nestFastify,
  nestExpressTypeorm,
  evernest,
  evernestCluster,
  ...evernestWithout,
];

export function supports({ workloads }, { name }) {
  return workloads === undefined || workloads.includes(name);
}
