const BROKEN = '/app.module.js';

/** A hook for Node's loader: the application's own module throws as it is evaluated. */
export async function load(url, context, nextLoad) {
  const loaded = await nextLoad(url, context);
  if (!url.endsWith(BROKEN)) return loaded;
  return { ...loaded, source: `${loaded.source}\nthrow new Error('broken on purpose at the start');\n` };
}
