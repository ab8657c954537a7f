import { register } from 'node:module';

/** Preloaded into the service: replaces the modules of the parts that are named in `BENCH_LEAVES_OUT`. */
register('./hooks.js', import.meta.url, { data: process.env.BENCH_LEAVES_OUT.split(',') });
