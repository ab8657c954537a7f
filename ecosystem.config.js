import { totalmem } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './scripts/project-root.js';
import { readSettings } from './scripts/settings.js';

const { drainTimeoutMs, stateDir, workers } = readSettings(projectRoot);

const MEBIBYTE = 1024 * 1024;
/** The rest of a worker's share is for buffers, code and SQLite's cache, which V8 does not count. */
const HEAP_PART_OF_SHARE = 0.6;
const SMALLEST_HEAP_MB = 64;
const LARGEST_HEAP_MB = 512;

/** Without it every worker believes that the memory of the whole container is its own. */
function heapLimitMegabytes() {
  // Where there is no limit, constrainedMemory() is 0 or about 1.8e19, depending on the system.
  const available = Math.min(process.constrainedMemory() || Infinity, totalmem()) / MEBIBYTE;
  const heap = Math.floor((available / workers) * HEAP_PART_OF_SHARE);
  return Math.min(LARGEST_HEAP_MB, Math.max(SMALLEST_HEAP_MB, heap));
}

// A named export: pm2 7 finds neither `export default` nor `module.exports` in an ES module.
export const apps = [
  {
    name: 'catalog',
    cwd: projectRoot,
    script: 'dist/apps/catalog/src/main.js',
    node_args: [
      `--max-old-space-size=${heapLimitMegabytes()}`,
      // What a request makes is gone with it. The default of 16 keeps 20 MB more resident and is no faster by more than 2 %.
      '--max-semi-space-size=4',
      '--enable-source-maps',
    ],
    exec_mode: 'cluster',
    instances: workers,
    env: {
      // Each has to know with how many it shares the memory.
      WEB_CONCURRENCY: String(workers),
      // The supervisor replaces a worker that asks for it, new before old; only if there is none, the worker leaves by itself.
      GUARD_RECYCLE_GRACE_MS: '30000',
    },
    env_development: { NODE_ENV: 'development' },
    env_production: { NODE_ENV: 'production' },

    // `online` and a reload wait for the worker's own word. After listen_timeout pm2 believes it anyway, and a reload
    // stops the old worker: far more than a start takes.
    wait_ready: true,
    listen_timeout: 20_000,

    // pm2 sends SIGINT and, this much later, SIGKILL: above the drain, or it would cut it short.
    kill_timeout: drainTimeoutMs + 5_000,
    // Workers have no children. The default looks for some with `ps`, which slim images do not have.
    treekill: false,

    // Ten starts that last less than ten seconds: pm2 gives up. It counts only during the first 100 s of a worker's
    // life; later the delay, which grows by half up to 15 s, keeps a crash loop from becoming a storm.
    min_uptime: 10_000,
    max_restarts: 10,
    exp_backoff_restart_delay: 100,
    // No stop_exit_codes: pm2 reports crashes and signals as 0, and a worker that could not start (71) because the
    // database was away for a minute has to come back.

    // What escapes the service's own logger. The workers append whole lines, so they can share the files.
    out_file: join(stateDir, 'log', 'catalog-out.log'),
    error_file: join(stateDir, 'log', 'catalog-error.log'),
    merge_logs: true,
    log_date_format: 'YYYY-MM-DDTHH:mm:ss.SSSZ',

    // pm2's own probes would patch modules inside the workers.
    pmx: false,
    vizion: false,
  },
  {
    name: 'supervisor',
    cwd: projectRoot,
    script: 'dist/apps/supervisor/src/main.js',
    // It has little to do: a small young generation keeps it small, and a leak of its own is noticed early.
    node_args: ['--max-old-space-size=96', '--max-semi-space-size=1', '--enable-source-maps'],
    exec_mode: 'fork',
    instances: 1,
    env: {
      WEB_CONCURRENCY: String(workers),
      // Each thread would get a heap of C's own, and glibc gives little of them back.
      MALLOC_ARENA_MAX: '2',
    },
    env_development: { NODE_ENV: 'development' },
    env_production: { NODE_ENV: 'production' },

    wait_ready: true,
    listen_timeout: 20_000,
    kill_timeout: 10_000,
    treekill: false,

    // Nobody supervises the supervisor, so pm2 never gives it up; the delay keeps a crash loop slow.
    min_uptime: 10_000,
    max_restarts: 1_000_000,
    exp_backoff_restart_delay: 100,

    out_file: join(stateDir, 'log', 'supervisor-out.log'),
    error_file: join(stateDir, 'log', 'supervisor-error.log'),
    merge_logs: true,
    log_date_format: 'YYYY-MM-DDTHH:mm:ss.SSSZ',
    pmx: false,
    vizion: false,
  },
];
