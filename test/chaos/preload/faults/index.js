import { readdirSync } from 'node:fs';

const files = readdirSync(new URL('.', import.meta.url)).filter((file) => file !== 'index.js');

/** Every fault that the harness can order, by the name of its file. Called with what the order says, and the request that brought it. */
export const FAULTS = Object.fromEntries(
  await Promise.all(
    files.map(async (file) => [file.replace(/\.js$/, ''), (await import(`./${file}`)).default]),
  ),
);
