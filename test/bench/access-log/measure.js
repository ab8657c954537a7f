import { compare, spawnServer } from './compare.js';
import { LOGGERS } from './loggers.js';

/**
 * What a line per request costs beside what others' costs, on a small server that does nothing else:
 * npm run build && taskset --cpu-list 1 node test/bench/access-log/measure.js [rounds]
 */
const SERVER = new URL('server.js', import.meta.url).pathname;

await compare({
  names: Object.keys(LOGGERS),
  ofEach: 2,
  rounds: Number(process.argv[2] ?? 200),
  path: '/books/7?language=en',
  async start(logger, folder) {
    const { child, message } = await spawnServer([SERVER, logger, folder]);
    return { child, port: message.port };
  },
});
