import type { Reading } from '../readings/reading.js';
import type { EventLoopWindows } from './event-loop-windows.js';

/** The event loop in the latest window of 15 s. */
export function eventLoopReadings(windows: Pick<EventLoopWindows, 'window'>): readonly Reading[] {
  return [
    {
      name: 'nodejs_eventloop_utilization_ratio',
      help: 'Share of the latest 15 s in which the event loop had something to do, 0 to 1.',
      type: 'gauge',
      read: () => windows.window.utilization,
    },
    {
      name: 'nodejs_eventloop_lag_p50_seconds',
      help: 'How late a timer was in the latest 15 s, median.',
      type: 'gauge',
      read: () => windows.window.delayP50Seconds,
    },
    {
      name: 'nodejs_eventloop_lag_p99_seconds',
      help: 'How late a timer was in the latest 15 s, 99th percentile.',
      type: 'gauge',
      read: () => windows.window.delayP99Seconds,
    },
    {
      name: 'nodejs_eventloop_lag_max_seconds',
      help: 'How late a timer was in the latest 15 s, at most.',
      type: 'gauge',
      read: () => windows.window.delayMaxSeconds,
    },
  ];
}
