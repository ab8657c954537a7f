import { Logger } from '@nestjs/common';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Reading, ReadingValue } from './reading.js';

/** Adds a metric that is read at each scrape. @throws Error for a name that Prometheus does not allow or that is taken. */
export function registerReading(registry: Registry, reading: Reading): void {
  const { name, help, type, label } = reading;
  const description = { name, help, labelNames: label === undefined ? [] : [label], registers: [registry] };
  const read = carefully(reading);
  if (type === 'counter') {
    const counter: Counter = new Counter({
      ...description,
      async collect() {
        const value = await read();
        counter.reset();
        if (value === null) counter.remove();
        else forEachSample(value, label, (labels, sample) => counter.inc(labels, sample));
      },
    });
  } else {
    const gauge: Gauge = new Gauge({
      ...description,
      async collect() {
        const value = await read();
        gauge.reset();
        if (value === null) gauge.remove();
        else forEachSample(value, label, (labels, sample) => gauge.set(labels, sample));
      },
    });
  }
}

/** One reading that fails must not cost the whole scrape. */
function carefully({ name, label, read }: Reading): () => Promise<ReadingValue> {
  let isLogged = false;
  return async () => {
    try {
      return await read();
    } catch (error) {
      if (!isLogged) new Logger('Metrics').error({ message: `the metric ${name} could not be read`, error });
      isLogged = true;
      return label === undefined ? null : {};
    }
  };
}

function forEachSample(
  value: number | Readonly<Record<string, number>>,
  label: string | undefined,
  set: (labels: Record<string, string>, sample: number) => void,
): void {
  if (typeof value === 'number') return set({}, value);
  if (label === undefined) return;
  for (const [labelValue, sample] of Object.entries(value)) set({ [label]: labelValue }, sample);
}
