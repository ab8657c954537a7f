import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import type { Shortage } from '../recycling/shortage.js';
import { DescriptorWatch } from './descriptor-watch.js';
import { readDescriptors, type Descriptors } from './read-descriptors.js';

describe('the watch over file descriptors', () => {
  let descriptors: Descriptors | null;
  let clients: number;
  let watch: DescriptorWatch;
  let warn: jest.SpiedFunction<Logger['warn']>;
  beforeEach(() => {
    warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    descriptors = { open: 40, limit: 1000 };
    clients = 5;
    watch = new DescriptorWatch(
      () => clients,
      () => Promise.resolve(descriptors),
      () => Promise.resolve(),
    );
  });
  afterEach(() => jest.restoreAllMocks());

  async function looks(count: number): Promise<Shortage | null> {
    for (let look = 0; look < count; look += 1) await watch.look();
    return watch.shortage;
  }

  it('asks for a replacement, and says so once, when three quarters are open for three looks in a row', async () => {
    expect(await looks(5)).toBeNull();
    descriptors = { open: 750, limit: 1000 };
    expect(await looks(2)).toBeNull();
    expect(await looks(3)).toEqual({
      cause: 'descriptors',
      reason: '750 of 1000 file descriptors are open, 5 of them for clients.',
      waitsFor: 'supervisor',
      evidence: { openDescriptors: 750, descriptorLimit: 1000, clients: 5 },
    });
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('takes a burst for what it is', async () => {
    for (const open of [900, 999, 700, 999, 999]) {
      descriptors = { open, limit: 1000 };
      expect(await looks(1)).toBeNull();
    }
  });

  it('waits for its turn only, when nearly all are open for three looks in a row', async () => {
    descriptors = { open: 949, limit: 1000 };
    expect(await looks(3)).toMatchObject({ waitsFor: 'supervisor' });
    descriptors = { open: 950, limit: 1000 };
    expect(await looks(1)).toMatchObject({ waitsFor: 'turn' });
  });

  it('waits for nothing when none is left, and a quarter of a second later neither', async () => {
    descriptors = { open: 1000, limit: 1000 };
    expect(await looks(1)).toMatchObject({ waitsFor: 'nothing' });
  });

  it('takes it for a burst if there are some again a quarter of a second later', async () => {
    const read = jest.fn<() => Promise<Descriptors>>();
    read.mockResolvedValueOnce({ open: 1000, limit: 1000 }).mockResolvedValue({ open: 600, limit: 1000 });
    watch = new DescriptorWatch(
      () => clients,
      read,
      () => Promise.resolve(),
    );
    expect(await looks(1)).toBeNull();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('stays with what it knows while it cannot look', async () => {
    descriptors = { open: 1000, limit: 1000 };
    await looks(1);
    descriptors = null;
    expect(await looks(1)).toMatchObject({ waitsFor: 'nothing' });
  });

  it('is content again when they are closed', async () => {
    descriptors = { open: 1000, limit: 1000 };
    await looks(1);
    descriptors = { open: 40, limit: 1000 };
    expect(await looks(1)).toBeNull();
  });

  it('stays where clients have them, as a replacement would have as many, and warns once', async () => {
    descriptors = { open: 1000, limit: 1000 };
    clients = 751;
    expect(await looks(5)).toBeNull();
    expect(warn.mock.calls).toEqual([
      [
        '1000 of 1000 file descriptors are open, 751 of them for clients. A higher limit (ulimit -n) has room for more.',
      ],
    ]);
  });

  it.each([
    [800, 551],
    [1000, 751],
  ])('with %d of 1000 open, stays with %d clients and goes with one less', async (open, most) => {
    descriptors = { open, limit: 1000 };
    clients = most;
    expect(await looks(5)).toBeNull();
    clients = most - 1;
    expect(await looks(1)).not.toBeNull();
  });

  it('tells of a leak also after it has told of many clients', async () => {
    descriptors = { open: 1000, limit: 1000 };
    clients = 900;
    await looks(2);
    clients = 5;
    await looks(2);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  it('says nothing where nobody tells', async () => {
    descriptors = null;
    expect(await looks(5)).toBeNull();
  });

  it('does not begin another look while one is under way', async () => {
    const read = jest.fn(() => new Promise<null>(() => undefined));
    watch = new DescriptorWatch(() => 0, read);
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
