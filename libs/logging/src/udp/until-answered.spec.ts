import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { untilAnswered } from './until-answered.js';

const TIMEOUT_MS = 60;

describe('saying something until it is answered', () => {
  let said: number;
  let answer: AbortController;
  beforeEach(() => {
    said = 0;
    answer = new AbortController();
  });

  it('ends with the answer', async () => {
    const say = () => {
      said += 1;
      if (said === 2) answer.abort();
    };
    await untilAnswered(say, answer.signal, 30_000);
    expect(said).toBe(2);
  });

  it('says nothing that is answered already', async () => {
    answer.abort();
    await untilAnswered(() => (said += 1), answer.signal, TIMEOUT_MS);
    expect(said).toBe(0);
  });

  it('ends without an answer when the time is over, ever more seldom saying it', async () => {
    await untilAnswered(() => (said += 1), answer.signal, TIMEOUT_MS);
    expect(said).toBeGreaterThanOrEqual(2);
    expect(said).toBeLessThanOrEqual(4);
  });

  it('ends in time also if garbage is collected meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
    const say = () => {
      collect();
      setTimeout(collect, 1);
    };
    await untilAnswered(say, answer.signal, TIMEOUT_MS);
  });
});
