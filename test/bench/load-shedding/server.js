import { pbkdf2Sync } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import fastify from 'fastify';

/** `node server.js BUILD shedding|plain`: Fastify with two routes of the same work, and its port to the parent. */
const [build, mode] = process.argv.slice(2);
/** About 6 ms on the machine this was written on. */
const ROUNDS = 24_000;
const SLICES = 8;

const app = fastify();
if (mode === 'shedding') await shedLoad(app);

app.get('/in-one-go', async () => {
  work(ROUNDS);
  return { done: true };
});

app.get('/in-slices', async () => {
  for (let slice = 0; slice < SLICES; slice += 1) {
    work(ROUNDS / SLICES);
    await nextTurn();
  }
  return { done: true };
});

await app.listen({ host: '127.0.0.1', port: 0 });
process.on('disconnect', () => process.exit());
process.send({ port: app.server.address().port });

function work(rounds) {
  pbkdf2Sync('password', 'salt', rounds, 32, 'sha256');
}

async function shedLoad(server) {
  Logger.overrideLogger(['error', 'warn']);
  const [{ startLoopClock }, { LoadShedder }, { registerLoadShedding }] = await Promise.all([
    load('event-loop/loop-clock.js'),
    load('load-shedding/load-shedder.js'),
    load('load-shedding/register-load-shedding.js'),
  ]);
  const clock = startLoopClock();
  const shedder = new LoadShedder(clock);
  const inFlight = new Set();
  registerLoadShedding(server, {
    shedder,
    clock,
    inFlight: () => inFlight.size,
    begin(reply, next) {
      inFlight.add(reply);
      reply.raw.once('close', () => {
        inFlight.delete(reply);
        shedder.noteCompletion();
      });
      next();
    },
  });
}

function load(file) {
  return import(new URL(`libs/process-guard/src/${file}`, pathToFileURL(`${build}/`)));
}
