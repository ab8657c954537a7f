import { join } from 'node:path';
import { apps } from '../../../../ecosystem.config.js';
import { projectRoot } from '../../../../scripts/project-root.js';
import { launchNode } from '../launch-node.js';
import { evernestEnvironment } from './environment.js';

/** Those of production, such as the limits of its heap. */
const { node_args: nodeOptions } = apps.find(({ name }) => name === 'catalog');
const MAIN = join(projectRoot, 'dist/apps/catalog/src/main.js');

export const evernest = {
  name: 'evernest',
  title: 'the built service in production, everything on, one worker',
  launch: (options) => launchEvernest(options),
};

/** @param variables and `nodeArgs` are what a variant adds */
export function launchEvernest(options, { nodeArgs = [], variables = {} } = {}) {
  return launchNode({
    ...options,
    args: [...nodeOptions, ...nodeArgs, MAIN],
    env: { ...evernestEnvironment(options), ...variables },
  });
}
