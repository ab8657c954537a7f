import { ratioOf } from '../figures/ratios.js';

/**
 * How fast Evernest means to be. A ratio is that of `figure`, by default requests for a second of the server's
 * processor time, which another program on the machine hardly touches.
 */
const COST = 'cpuMicroseconds';
const SPEED = 'perCpuSecond';
const GOALS = [
  {
    title: 'hot read by id against node:http',
    workload: 'books-by-id',
    of: 'evernest',
    against: 'node-http',
    figure: SPEED,
    atLeast: 1,
  },
  {
    title: 'hot read by id against Nest, Express and TypeORM',
    workload: 'books-by-id',
    of: 'evernest',
    against: 'nest-express-typeorm',
    figure: SPEED,
    atLeast: 6,
  },
  {
    title: 'cost of a cache miss by id against Nest on Fastify',
    workload: 'books-by-id-uncached',
    of: 'evernest',
    against: 'nest-fastify',
    figure: COST,
    atMost: 1.1,
  },
  {
    title: 'cost of the first page, uncached, against Nest on Fastify',
    workload: 'books-first-page-uncached',
    of: 'evernest',
    against: 'nest-fastify',
    figure: COST,
    atMost: 1.1,
  },
  {
    title: 'cost of a search, uncached, against Nest on Fastify',
    workload: 'books-search-uncached',
    of: 'evernest',
    against: 'nest-fastify',
    figure: COST,
    atMost: 1.1,
  },
  {
    title: "304 against node:http's 200",
    workload: 'books-not-modified',
    of: 'evernest',
    against: 'node-http',
    figure: SPEED,
    atLeast: 1.2,
  },
  {
    title: 'loan and return against Fastify',
    workload: 'loan-and-return',
    of: 'evernest',
    against: 'fastify',
    figure: SPEED,
    atLeast: 0.8,
  },
  {
    title: 'cost of a hot read against that without the ops parts',
    workload: 'books-by-id',
    of: 'evernest',
    against: 'evernest-without-ops',
    figure: COST,
    atMost: 1.1,
  },
  {
    title: 'time from start to first answer against Nest on Fastify',
    workload: 'startup',
    of: 'evernest',
    against: 'nest-fastify',
    figure: 'readyMs',
    atMost: 2,
  },
  {
    title: 'memory (PSS) against Nest on Fastify',
    workload: 'books-by-id',
    of: 'evernest',
    against: 'nest-fastify',
    figure: 'pssBytes',
    atMost: 1.4,
  },
  {
    title: 'cost of page 300 against page 1',
    workload: 'books-deep-page',
    of: 'evernest',
    against: 'evernest',
    againstWorkload: 'books-first-page-uncached',
    figure: COST,
    atMost: 1.1,
  },
];

/** Those of which the run has both sides, each with the `ratio` found and whether it is `reached`. */
export function judgeGoals({ turns, starts }) {
  const all = [...turns, ...starts.map((start) => ({ ...start, workload: 'startup' }))];
  const of = (workload, target) => all.filter((turn) => turn.workload === workload && turn.target === target);
  return GOALS.flatMap(({ workload, againstWorkload = workload, of: target, against, figure, ...goal }) => {
    const ratio = ratioOf(of(workload, target), of(againstWorkload, against), figure);
    if (!ratio) return [];
    const { atLeast = 0, atMost = Infinity } = goal;
    return [{ ...goal, ratio, reached: ratio.median >= atLeast && ratio.median <= atMost }];
  });
}
