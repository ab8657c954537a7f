import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { DescriptorWatch } from './descriptor-watch.js';
import { readDescriptors, type Descriptors } from './read-descriptors.js';

describe('the watch over file descriptors', () => {
  let descriptors: Descriptors | null;
  let watch: DescriptorWatch;
  let warn: jest.SpiedFunction<Logger['warn']>;
  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    descriptors = { open: 40, limit: 1000 };
    watch = new DescriptorWatch(() => Promise.resolve(descriptors));
  });
  afterEach(() => jest.restoreAllMocks());

  async function looks(count: number): Promise<string | null> {
    for (let look = 0; look < count; look += 1) await watch.look();
    return watch.reason;
  }

  it('asks for a replacement, and says so once, when three quarters are open for three looks in a row', async () => {
    expect(await looks(5)).toBeNull();
    descriptors = { open: 750, limit: 1000 };
    expect(await looks(2)).toBeNull();
    expect(await looks(3)).toBe('750 of 1000 file descriptors are open.');
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('takes a burst for what it is', async () => {
    for (const open of [900, 900, 700, 900, 900]) {
      descriptors = { open, limit: 1000 };
      expect(await looks(1)).toBeNull();
    }
  });

  it('asks at once when none is left', async () => {
    descriptors = { open: 1000, limit: 1000 };
    expect(await looks(1)).toBe('All of 1000 file descriptors are open.');
  });

  it('is content again when they are closed', async () => {
    descriptors = { open: 1000, limit: 1000 };
    await looks(1);
    descriptors = { open: 40, limit: 1000 };
    expect(await looks(1)).toBeNull();
  });

  it('says nothing where nobody tells', async () => {
    descriptors = null;
    expect(await looks(5)).toBeNull();
  });

  it('does not begin another look while one is under way', async () => {
    const read = jest.fn(() => new Promise<null>(() => undefined));
    watch = new DescriptorWatch(read);
    void watch.look();
    void watch.look();
    expect(read).toHaveBeenCalledTimes(1);
  });

  (process.platform === 'linux' ? it : it.skip)('reads those of this process', async () => {
    const { open, limit } = (await readDescriptors())!;
    expect(open).toBeGreaterThan(3);
    expect(limit).toBeGreaterThan(open);
  });
});
