import { withSecondTry } from './second-try.js';

const held = { target: 'evernest', held: true };
const notHeld = { target: 'evernest', held: false };

async function outcomesOf(...results) {
  const told = [];
  const came = await withSecondTry(
    async () => results.shift(),
    (result) => told.push(result),
  );
  return { came, told, left: results.length };
}

it('does not try again what held', async () => {
  expect(await outcomesOf(held, notHeld)).toEqual({ came: held, told: [], left: 1 });
});

it('tells what did not hold, and tries it once more', async () => {
  expect(await outcomesOf(notHeld, held)).toEqual({ came: held, told: [notHeld], left: 0 });
});

it('does not hold if it does not twice', async () => {
  expect(await outcomesOf(notHeld, notHeld, held)).toEqual({ came: notHeld, told: [notHeld], left: 1 });
});

it('tries again what could not be run', async () => {
  const failed = { ...notHeld, error: 'no port was free' };
  expect(await outcomesOf(failed, held)).toEqual({ came: held, told: [failed], left: 0 });
});

it('leaves it at that when it is interrupted', async () => {
  expect(await outcomesOf(undefined, held)).toEqual({ came: undefined, told: [], left: 1 });
});
