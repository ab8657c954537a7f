// A worker that asks for the turn in one folder after another, in each at the moment when the others ask too, and
// answers with the folders where it got it. Told {folders, beginAtMs, everyMs}.
import { takeTurn } from '../../../dist/libs/process-guard/src/recycling/recycle-turn.js';

/** Whoever is refused because another asks at this very moment asks again, as a worker does. */
const ATTEMPTS = 20;

process.once('message', ({ folders, beginAtMs, everyMs }) => {
  const won = folders.filter((folder, index) => {
    while (performance.timeOrigin + performance.now() < beginAtMs + index * everyMs);
    const ask = () => takeTurn({ folder, bootId: `boot-${process.pid}`, pmId: null, holdForMs: 60_000 });
    return Array.from({ length: ATTEMPTS }, ask).includes(true);
  });
  process.send(won, () => process.disconnect());
});
process.send('ready');
