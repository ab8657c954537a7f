import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseUnavailableError } from '../errors.js';
import { SilenceWatch } from './silence-watch.js';

describe('the watch for silence', () => {
  let nowMs: number;
  let questions: { answer(): void; fail(): void }[];
  let givenUp: string[];
  let watch: SilenceWatch;
  beforeEach(() => {
    nowMs = 1000;
    questions = [];
    givenUp = [];
    const ask = () =>
      new Promise<void>((resolve, reject) => {
        questions.push({ answer: resolve, fail: () => reject(new Error('timeout')) });
      });
    watch = new SilenceWatch(ask, () => nowMs);
  });

  function wait(name: string): () => void {
    const giveUp = () => void givenUp.push(name);
    watch.noteWaiting(giveUp);
    return giveUp;
  }

  it('hears silence when somebody has waited for more than two seconds and nobody was answered', () => {
    nowMs += 10_000;
    expect(watch.isSilent).toBe(false);
    wait('one');
    nowMs += 2000;
    expect(watch.isSilent).toBe(false);
    nowMs += 1;
    expect(watch.isSilent).toBe(true);
  });

  it('hears none while others are answered, or when nobody waits any more', () => {
    const slow = wait('slow');
    for (let count = 0; count < 5; count += 1) {
      nowMs += 1500;
      watch.noteAnswer();
      expect(watch.isSilent).toBe(false);
    }
    nowMs += 5000;
    watch.noteEnd(slow);
    expect(watch.isSilent).toBe(false);
  });

  it('asks once for all who come, and lets them go on when there is an answer', async () => {
    wait('slow');
    nowMs += 3000;
    const heard = [watch.hear(), watch.hear()];
    expect(questions).toHaveLength(1);
    questions[0]!.answer();
    await Promise.all(heard);
    expect({ isSilent: watch.isSilent, givenUp }).toEqual({ isSilent: false, givenUp: [] });
  });

  it('refuses all who come, and gives up those who wait, when there is no answer', async () => {
    wait('one');
    watch.noteEnd(wait('done'));
    wait('another');
    nowMs += 3000;
    const heard = [watch.hear(), watch.hear()];
    questions[0]!.fail();
    for (const one of heard) await expect(one).rejects.toThrow(DatabaseUnavailableError);
    expect(givenUp).toEqual(['one', 'another']);
  });

  it('gives nobody up when one of them was answered while it asked in vain', async () => {
    wait('slow');
    nowMs += 3000;
    const heard = watch.hear();
    watch.noteAnswer();
    questions[0]!.fail();
    await heard;
    expect({ isSilent: watch.isSilent, givenUp }).toEqual({ isSilent: false, givenUp: [] });
  });

  it('stays silent when nobody waits any more, until it is answered', async () => {
    const one = wait('one');
    nowMs += 3000;
    const heard = watch.hear();
    questions[0]!.fail();
    await expect(heard).rejects.toThrow('no sign of life');
    watch.noteEnd(one);
    expect(watch.isSilent).toBe(true);

    const again = watch.hear();
    await nextTurn();
    questions[1]!.answer();
    await again;
    expect(watch.isSilent).toBe(false);
  });
});
