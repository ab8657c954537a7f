/** Which built module each part hangs on, and what stands in for it. */
const PARTS = {
  guard: ['/dist/libs/process-guard/src/process-guard.js', './replacements/process-guard.js'],
  metrics: ['/dist/libs/metrics/src/metrics.js', './replacements/metrics.js'],
  'request-context': [
    '/dist/libs/request-context/src/register-request-context.js',
    './replacements/register-request-context.js',
  ],
};

let replacements = [];

export function initialize(parts) {
  replacements = parts.map((part) => PARTS[part]);
}

export async function resolve(specifier, context, nextResolve) {
  const resolved = await nextResolve(specifier, context);
  const [, instead] = replacements.find(([ending]) => resolved.url.endsWith(ending)) ?? [];
  return instead ? { ...resolved, url: new URL(instead, import.meta.url).href } : resolved;
}
