const NODE_MODULES = '/node_modules/';
/** Files of Node's own whose names are not those of the module that people import. */
const NODE_MODULES_BY_FILE = [
  [/^_?http_|^internal\/http/, 'http'],
  [/^internal\/streams?[/_]|^_stream/, 'stream'],
  [/^internal\/(process\/task_queues|process\/promises)/, 'process'],
  [/^internal\/async_(hooks|local_storage)/, 'async_hooks'],
];
const NATIVE = 'native';
/** What V8 means by its own names, where they do not tell. */
const ENGINE_PLACES = { '(program)': 'native code of Node outside of any function' };
/** The one native addon of the service. Its functions have no file, and only this library calls it. */
const ADDON = { name: 'better-sqlite3', caller: 'libs/database' };

/**
 * A function as people know it: its `name`, its `place` in a source, and the `package` whose it is. What has no file is
 * native code, and belongs to whoever calls it; names in brackets are V8's own, such as `(garbage collector)`.
 * @param callFrame V8's
 * @param caller the described function that calls it, if any
 * @param projectUrl the `file:` URL of the project's folder
 */
export function describeFunction({ functionName, url, lineNumber }, caller, projectUrl) {
  const name = functionName || '(anonymous)';
  if (url === '') return { name, ...nativePlace(name, caller) };
  const file = fileOf(url, projectUrl);
  // V8 counts lines from 0.
  return { name, file, place: `${file}:${lineNumber + 1}`, package: packageOf(file, url) };
}

function nativePlace(name, caller) {
  if (!caller || caller.name === '(root)') {
    return { file: name, place: ENGINE_PLACES[name] ?? '', package: name };
  }
  const isAddon = caller.package === ADDON.caller;
  const owner = isAddon ? ADDON.name : caller.package.replace(/ \(native\)$/, '');
  const from = caller.place.replace(/^native, from /, '');
  return { file: `${NATIVE} ${caller.file}`, place: `${NATIVE}, from ${from}`, package: `${owner} (native)` };
}

function fileOf(url, projectUrl) {
  if (url.includes(NODE_MODULES)) return url.slice(url.lastIndexOf(NODE_MODULES) + NODE_MODULES.length);
  return url.startsWith(projectUrl) ? url.slice(projectUrl.length) : url;
}

function packageOf(file, url) {
  if (url.startsWith('node:')) return `node:${nodeModuleOf(file.slice('node:'.length))}`;
  const [first, second] = file.split('/');
  if (url.includes(NODE_MODULES)) return first.startsWith('@') ? `${first}/${second}` : first;
  return second === undefined ? first : `${first}/${second}`;
}

function nodeModuleOf(path) {
  const [, known] = NODE_MODULES_BY_FILE.find(([pattern]) => pattern.test(path)) ?? [];
  return known ?? path.replace(/^internal\//, '').split('/')[0];
}
