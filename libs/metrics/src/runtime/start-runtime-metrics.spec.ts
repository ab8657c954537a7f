import { PerformanceObserver } from 'node:perf_hooks';
import { Registry } from 'prom-client';
import { startRuntimeMetrics } from './start-runtime-metrics.js';

afterEach(() => jest.useRealTimers());

describe('startRuntimeMetrics', () => {
  it('returns what stops its timer and its observer', () => {
    jest.useFakeTimers();
    const disconnect = jest.spyOn(PerformanceObserver.prototype, 'disconnect');
    const stop = startRuntimeMetrics(new Registry());
    expect(jest.getTimerCount()).toBe(1);
    stop();
    expect(jest.getTimerCount()).toBe(0);
    expect(disconnect).toHaveBeenCalledTimes(1);
  });
});
