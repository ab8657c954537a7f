import { CollectionSuspicion } from './collection-suspicion.js';

/** A suspicion that is asked once for each pair, which is what both sides have used since. */
function suspect(...used: readonly (readonly [mainMs: number, helpersMs: number])[]): boolean[] {
  let times = { mainMs: 5000, helpersMs: 7000 };
  const suspicion = new CollectionSuspicion(() => times);
  return used.map(([mainMs, helpersMs]) => {
    times = { mainMs: times.mainMs + mainMs, helpersMs: times.helpersMs + helpersMs };
    return suspicion.looksLikeCollection();
  });
}

describe('the suspicion of a collection', () => {
  it('falls on helpers that use a tenth of the time of the main thread, or more', () => {
    expect(suspect([1000, 100], [200, 900])).toEqual([true, true]);
  });

  it('does not fall on helpers that use less', () => expect(suspect([1000, 90])).toEqual([false]));

  it('does not fall on a process that sleeps', () => expect(suspect([0, 0])).toEqual([false]));

  it('falls on helpers alone: the main thread waits for them', () =>
    expect(suspect([0, 50])).toEqual([true]));

  it('lasts through a phase in which the main thread is alone, but not for ever', () => {
    expect(suspect([300, 300], [1800, 0], [5000, 0])).toEqual([true, true, false]);
  });
});
