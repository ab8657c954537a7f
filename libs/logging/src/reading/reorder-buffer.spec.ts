import { lineAt } from './reading.fixture.js';
import { ReorderBuffer } from './reorder-buffer.js';

const WINDOW = { lines: 3, bytes: 10_000 };
const times = (lines: readonly { timeMs: number }[]) => lines.map(({ timeMs }) => timeMs - lineAt(0).timeMs);

describe('lines that wait for those before them', () => {
  it('are no more than two windows', () => {
    const buffer = new ReorderBuffer(WINDOW);
    expect(buffer.add([5, 4, 3, 2, 1].map((ms) => lineAt(ms)))).toEqual([]);
    expect(times(buffer.add([lineAt(0)]))).toEqual([0, 1, 2]);
    expect(times(buffer.takeAll())).toEqual([3, 4, 5]);
  });

  it('are fewer when they are long', () => {
    const buffer = new ReorderBuffer({ lines: 1000, bytes: 1000 });
    const long = [1, 2, 3, 4].map((ms) => lineAt(ms, { message: 'x'.repeat(300) }));
    expect(times(buffer.add(long.toReversed()))).toEqual([]);
    expect(times(buffer.add([lineAt(0, { message: 'x'.repeat(1000) })]))).toEqual([0, 1, 2]);
    // What has left does not count any more.
    expect(times(buffer.add([lineAt(9, { message: 'x'.repeat(1000) })]))).toEqual([]);
  });

  it('keep their order when their times are equal', () => {
    const buffer = new ReorderBuffer(WINDOW);
    buffer.add([lineAt(1, { serial: 1 }), lineAt(1, { serial: 2 }), lineAt(0), lineAt(1, { serial: 3 })]);
    expect(buffer.takeAll().map(({ fields }) => fields?.['serial'])).toEqual([undefined, 1, 2, 3]);
  });

  it('wait from one look to the next, and let what is older go with them', () => {
    const buffer = new ReorderBuffer({ lines: 100, bytes: 1e6 });
    buffer.add([lineAt(10), lineAt(30)]);
    expect(buffer.takeSettled()).toEqual([]);
    buffer.add([lineAt(40), lineAt(20)]);
    expect(times(buffer.takeSettled())).toEqual([10, 20, 30]);
    expect(times(buffer.takeSettled())).toEqual([40]);
    expect(buffer.takeSettled()).toEqual([]);
  });
});
