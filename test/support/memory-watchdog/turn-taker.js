// A worker that asks for the turn to leave as soon as it is told to, over and over, and answers with its boot id or ''.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIB = new URL(
  process.env['MEMORY_WATCHDOG'] ?? '../../../dist/libs/process-guard/src/memory-watchdog/',
  import.meta.url,
);
const { takeTurn } = await import(new URL('recycle-turn.js', LIB));
const ATTEMPTS = 100;

const { folder, pmId } = JSON.parse(process.argv[2]);
const bootId = `boot-${pmId}-${process.pid}`;
// What the previous round left, expired.
if (pmId === 0) writeFileSync(join(folder, 'recycle.lock'), JSON.stringify({ bootId: 'gone', expiresAt: 1 }));
process.once('message', () => {
  const outcomes = Array.from({ length: ATTEMPTS }, () =>
    takeTurn({ folder, bootId, pmId, holdForMs: 60_000 }),
  );
  process.send(outcomes.includes(true) ? bootId : '', () => process.disconnect());
});
process.send('ready');
