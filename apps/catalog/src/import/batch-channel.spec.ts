import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { receiveBatches, serveBatches } from './batch-channel.js';
import { BatchBuilder } from './batch-builder.js';
import type { ReadBatch } from './read-batch.js';

describe('the channel of batches', () => {
  const ports: MessagePort[] = [];

  afterEach(() => {
    for (const port of ports.splice(0)) port.close();
  });

  it('hands over every batch, in order', async () => {
    const { received } = connect(10);
    const rows: number[] = [];
    for await (const batch of received) rows.push(batch.rows);
    expect(rows).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('reads no further ahead than the receiver can bear', async () => {
    const { received, made } = connect(100);
    await received.next();
    // One answer more is time enough for the sender to have gone further, if it did.
    await received.next();
    expect(made()).toBeLessThanOrEqual(3);
  });

  it('fails when the sender goes away before the end', async () => {
    const { port1, port2 } = open();
    const received = receiveBatches(port1);
    const first = received.next();
    port2.close();
    await expect(first).rejects.toThrow('ended before the files did');
  });

  function open() {
    const channel = new MessageChannel();
    ports.push(channel.port1, channel.port2);
    return channel;
  }

  function connect(count: number) {
    const { port1, port2 } = open();
    let made = 0;
    async function* make(): AsyncGenerator<ReadBatch> {
      while (made < count) {
        made++;
        const builder = new BatchBuilder();
        builder.rows = made;
        yield builder.take();
      }
    }
    void serveBatches(port2, make());
    return { received: receiveBatches(port1), made: () => made };
  }
});
