import { EventLoopWindows } from './event-loop-windows.js';

const WINDOW_MS = 15_000;

/** What Node measured: the time from timer to timer, in ns, as many of them as the list has. */
class FakeDelays {
  constructor(private measured: readonly number[]) {}

  readonly enable = () => true;
  readonly disable = jest.fn(() => true);
  reset = () => void (this.measured = []);

  get max() {
    return this.percentile(100);
  }

  percentile(share: number) {
    return (
      this.measured.toSorted((one, other) => one - other)[
        Math.ceil((share / 100) * this.measured.length) - 1
      ] ?? 0
    );
  }
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['performance'] }));
afterEach(() => jest.useRealTimers());

describe('a window of the event loop', () => {
  it('tells by how much timers were late, without the time between them', () => {
    const windows = new EventLoopWindows(new FakeDelays([50e6, 51e6, 250e6]));
    expect(windows.window).toMatchObject({ delayP50Seconds: expect.closeTo(0.001), delayMaxSeconds: 0.2 });
    windows.stop();
  });

  it('stays as it is until the next one is over, however often it is read', () => {
    const windows = new EventLoopWindows(new FakeDelays([250e6]));
    jest.advanceTimersByTime(WINDOW_MS);
    const { window } = windows;
    expect(window.delayP99Seconds).toBeCloseTo(0.2);
    expect(windows.window).toBe(window);
    jest.advanceTimersByTime(WINDOW_MS);
    expect(windows.window.delayP99Seconds).toBe(0);
    windows.stop();
  });

  it('is not measured any more after the stop', () => {
    const delays = new FakeDelays([]);
    const windows = new EventLoopWindows(delays);
    windows.stop();
    expect(delays.disable).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
