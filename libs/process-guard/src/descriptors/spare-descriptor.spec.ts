import { readdirSync } from 'node:fs';
import { SpareDescriptor } from './spare-descriptor.js';

(process.platform === 'linux' ? describe : describe.skip)('a spare descriptor', () => {
  const open = () => readdirSync('/proc/self/fd').length;
  let before: number;
  let spare: SpareDescriptor;
  beforeEach(() => {
    before = open();
    spare = new SpareDescriptor();
  });
  afterEach(() => spare.release());

  it('is kept, lent for as long as it is used, and kept again', () => {
    expect(open()).toBe(before + 1);
    expect(spare.lend(open)).toBe(before);
    expect(open()).toBe(before + 1);
  });

  it('comes back also from a use that fails', () => {
    const fail = () => {
      throw new Error('the disk is full');
    };
    expect(() => spare.lend(fail)).toThrow('the disk is full');
    expect(open()).toBe(before + 1);
  });

  it('is given up once', () => {
    spare.release();
    spare.release();
    expect(open()).toBe(before);
  });
});
