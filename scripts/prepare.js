// This file and node-version.js are read by Nodes that are too old for the project, so that they can say so:
// no `node:` imports, no top-level await, no syntax newer than Node 12.
import { readFileSync } from 'fs';
import { nodeVersionProblem } from './prepare/node-version.js';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const problem = nodeVersionProblem(process.versions.node, engines.node);

if (problem) {
  console.error(problem);
  process.exit(1);
}

void import('./prepare/main.js').then((module) => module.main(process.argv[2]));
