import { existsSync, readFileSync } from 'node:fs';
import { Server } from 'node:http';
import { join } from 'node:path';

/**
 * Preloaded into every process of a test cluster (`NODE_OPTIONS=--import`), it breaks workers from outside, so that the product
 * carries no fault code. What is broken stands in files: `<FAULTS>/all` for each process that starts from now on, and
 * `<FAULTS>/<pm_id>` for one worker, also while it runs.
 */
// Of the cluster's workers pm2 sets the environment later, from this variable of its own.
const environment = { ...process.env, ...JSON.parse(process.env['pm2_env'] ?? '{}') };
const { FAULTS: folder, pm_exec_path: script, pm_id: pmId } = environment;
const LOOK_EVERY_MS = 50;
/** Two fields, one of them a number with a fraction, and its place in the array. */
const BYTES_OF_AN_OBJECT = 52;

let isLeaking = false;
let isUnready = false;

if (folder && script?.endsWith('apps/catalog/src/main.js')) {
  breakAtStart(faultIn('all'));
  breakAtStart(faultIn(pmId));
  answerInstead(503, (url) => isUnready && url.startsWith('/health/ready'));
  setInterval(() => breakNow(faultIn(pmId)), LOOK_EVERY_MS).unref();
}

function faultIn(name) {
  const file = join(folder, String(name));
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

function breakAtStart(fault) {
  switch (fault) {
    case 'throw':
      Server.prototype.listen = () => {
        throw new Error('broken on purpose at the start');
      };
      break;
    case 'never ready':
      answerInstead(503, (url) => url.startsWith('/health/ready'));
      break;
    case 'errors':
      answerInstead(500, (url) => !url.startsWith('/health'));
      break;
    case 'leak fast':
      leak(40);
      break;
  }
}

function breakNow(fault) {
  if (fault === 'crash') throw new Error('broken on purpose');
  if (fault === 'hang') hangForEver();
  if (fault === 'leak' && !isLeaking) leak(10);
  isUnready = fault === 'not ready';
}

/** So many megabytes a second of small objects. */
function leak(megabytesPerSecond) {
  isLeaking = true;
  const leaked = [];
  const objects = Math.round((megabytesPerSecond * LOOK_EVERY_MS * 1000) / BYTES_OF_AN_OBJECT);
  setInterval(
    () => leaked.push(Array.from({ length: objects }, (_, index) => ({ index, at: performance.now() }))),
    LOOK_EVERY_MS,
  ).unref();
}

function answerInstead(status, isMeant) {
  const emit = Reflect.get(Server.prototype, 'emit');
  Server.prototype.emit = function (event, request, response, ...rest) {
    if (event === 'request' && isMeant(request.url)) {
      response.writeHead(status).end();
      return true;
    }
    return emit.call(this, event, request, response, ...rest);
  };
}

function hangForEver() {
  for (;;) Math.random();
}
