import fc from 'fast-check';

/**
 * A red CI has to be about the change that it ran on, so every run generates the same cases.
 * `FAST_CHECK_SEED=random npm test` looks for new ones.
 */
const DEFAULT_SEED = 20261121;

const { FAST_CHECK_SEED: seed = DEFAULT_SEED } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
