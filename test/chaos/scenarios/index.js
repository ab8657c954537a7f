import { readdirSync } from 'node:fs';

const FILE = /^\d\d-.*\.js$/;

/** Each is a file of its own here, and stands in the order of its number. */
export const SCENARIOS = await Promise.all(
  readdirSync(new URL('.', import.meta.url))
    .filter((file) => FILE.test(file))
    .toSorted()
    .map(async (file) => (await import(`./${file}`)).default),
);
