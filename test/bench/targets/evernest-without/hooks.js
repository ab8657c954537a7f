import { existsSync } from 'node:fs';

/** Which built module each part hangs on, and what stands in for it. */
const PARTS = {
  guard: ['libs/process-guard/src/process-guard.js', './replacements/process-guard.js'],
  metrics: ['libs/metrics/src/metrics.js', './replacements/metrics.js'],
  'request-context': [
    'libs/request-context/src/register-request-context.js',
    './replacements/register-request-context.js',
  ],
};
const DIST = new URL('../../../../dist/', import.meta.url);

let replacements = new Map();

/** @throws Error when a module is no longer where it was: nothing would be left out. */
export function initialize(parts) {
  replacements = new Map(
    parts.map((part) => {
      const [file, instead] = PARTS[part];
      const module = new URL(file, DIST);
      if (!existsSync(module)) throw new Error(`${part} cannot be left out: there is no ${module.pathname}`);
      return [module.href, new URL(instead, import.meta.url).href];
    }),
  );
}

export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  const instead = replacements.get(resolved.url);
  return instead ? { ...resolved, url: instead } : resolved;
}
