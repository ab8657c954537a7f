import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchEvernest } from '../evernest/target.js';

const LEAVE_OUT = pathToFileURL(fileURLToPath(new URL('leave-out.js', import.meta.url))).href;
const WORKLOADS = ['books-by-id', 'books-by-id-uncached', 'loan-and-return'];

/** Parts that the service has no switch for, and gets none for this: their modules are replaced at start. */
const REPLACED = ['guard', 'metrics', 'request-context'];

const ACCESS_LOG_OFF = { ACCESS_LOG: 'off' };
const LOGS_OFF = { LOG_LEVEL: 'fatal' };

/** The service with one part left out, and with all the parts that are there for operators left out. */
export const evernestWithout = [
  variant('cache', { variables: { RESPONSE_CACHE_MB: '0' } }),
  variant('access-log', { variables: ACCESS_LOG_OFF }),
  variant('logs', { variables: LOGS_OFF, title: 'logging nothing but fatal errors, besides the access log' }),
  ...REPLACED.map((part) => variant(part, { leftOut: [part] })),
  variant('ops', {
    variables: { ...ACCESS_LOG_OFF, ...LOGS_OFF },
    leftOut: REPLACED,
    title: 'without guard, metrics, request context, access log and logs',
  }),
];

function variant(part, { variables = {}, leftOut = [], title = `without ${part}` }) {
  const nodeArgs = leftOut.length > 0 ? ['--import', LEAVE_OUT] : [];
  return {
    name: `evernest-without-${part}`,
    title: `evernest ${title}`,
    workloads: WORKLOADS,
    launch: (options) =>
      launchEvernest(options, { nodeArgs, variables: { ...variables, BENCH_LEAVES_OUT: leftOut.join(',') } }),
  };
}
