import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { jest } from '@jest/globals';
import winston from 'winston';
import { TICK_MS, UdpSender } from './udp-sender.js';
import { UdpTransport } from './udp-transport.js';

type Fields = Record<string, unknown>;

/** A receiver on the loopback, which answers nothing. */
class Receiver {
  readonly received: Fields[] = [];

  private constructor(
    readonly socket: Socket,
    readonly port: number,
  ) {
    socket.on('message', (datagram) => this.received.push(JSON.parse(datagram.toString()) as Fields));
  }

  static async listen(port = 0): Promise<Receiver> {
    const socket = createSocket('udp4').bind(port, '127.0.0.1');
    await once(socket, 'listening');
    return new Receiver(socket, socket.address().port);
  }

  async has(count: number): Promise<Fields[]> {
    while (this.received.length < count) await once(this.socket, 'message');
    return this.received;
  }

  async close(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}

describe('a sender of log lines', () => {
  let receiver: Receiver;
  let told: string[];
  let senders: UdpSender[];

  function send(to: { host: string; port: number }): UdpSender {
    const sender = new UdpSender({ address: to, worker: 3, tell: (sentence) => told.push(sentence) });
    senders.push(sender);
    return sender;
  }

  beforeEach(async () => {
    receiver = await Receiver.listen();
    told = [];
    senders = [];
  });

  afterEach(async () => {
    jest.useRealTimers();
    await Promise.all(senders.map((sender) => sender.close()));
    await receiver.close();
  });

  it('numbers its lines from 1 on, also those that it is given before it knows where to send', async () => {
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    sender.send('{"message":"one"}');
    sender.send('{"message":"two"}');
    const [one, two] = await receiver.has(2);
    expect(one).toEqual({ message: 'one', sender: sender.id, seq: 1 });
    expect(two).toEqual({ message: 'two', sender: sender.id, seq: 2 });
    expect(sender.id).toMatch(new RegExp(`^[\\w.-]+/3/${process.pid}/[0-9a-f]{16}$`));
    expect(send({ host: '127.0.0.1', port: receiver.port }).id).not.toBe(sender.id);
  });

  it('sends to a name', async () => {
    send({ host: 'localhost', port: receiver.port }).send('{}');
    await receiver.has(1);
  });

  it('takes what winston formats', async () => {
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    const logger = winston.createLogger({
      format: winston.format.json(),
      transports: [new UdpTransport({ sender })],
    });
    logger.warn('hello', { book: 1 });
    const [line] = await receiver.has(1);
    expect(line).toMatchObject({ level: 'warn', message: 'hello', book: 1, seq: 1 });
    logger.close();
    expect((await receiver.has(2))[1]).toEqual({ sender: sender.id, seq: 1, mark: 'end' });
  });

  it('loses no line of a burst in one turn of the event loop', async () => {
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    sender.send('{}');
    await receiver.has(1);
    for (let line = 0; line < 100; line += 1) sender.send('{}');
    await receiver.has(101);
    expect(sender.figures()).toEqual({ lines: 101, dropped: 0, failures: 0, cut: 0 });
  });

  it('shows every five seconds that it lives when it has nothing else to say', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance'] });
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    sender.send('{}');
    await receiver.has(1);
    jest.advanceTimersByTime(TICK_MS);
    jest.advanceTimersByTime(TICK_MS);
    expect((await receiver.has(2))[1]).toEqual({ sender: sender.id, seq: 1, mark: 'alive' });
  });

  it('repeats its end until it is answered', async () => {
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    sender.send('{}');
    await receiver.has(1);
    const closed = sender.close();
    await receiver.has(3);
    receiver.socket.on('message', (datagram, from) =>
      receiver.socket.send(datagram, from.port, from.address),
    );
    await closed;
    const end = { sender: sender.id, seq: 1, mark: 'end' };
    expect(receiver.received.slice(1, 3)).toEqual([end, end]);
    expect(receiver.received.length).toBeLessThanOrEqual(4);
  });

  it('tells its end when the process exits without a close, and not after one', async () => {
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    const closed = send({ host: '127.0.0.1', port: receiver.port });
    sender.send('{}');
    await receiver.has(1);
    await closed.close();
    const before = receiver.received.length;
    process.emit('exit', 0);
    expect((await receiver.has(before + 1)).slice(before)).toEqual([
      { sender: sender.id, seq: 1, mark: 'end' },
    ]);
  });

  it('drops what comes after its end', async () => {
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    await sender.close();
    sender.send('{}');
    expect(sender.figures()).toMatchObject({ lines: 1, dropped: 1 });
    expect(told).toEqual([]);
  });

  it('tells once that nobody listens, and once that its lines go out again', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance'] });
    const sender = send({ host: '127.0.0.1', port: receiver.port });
    await receiver.close();
    while (sender.figures().failures < 3) await sendOne(sender);
    expect(told).toEqual([expect.stringMatching(/^Log lines do not reach 127.0.0.1:\d+ \(ECONNREFUSED\)/)]);

    receiver = await Receiver.listen(receiver.port);
    jest.advanceTimersByTime(TICK_MS);
    while (receiver.received.length === 0) await sendOne(sender);
    jest.advanceTimersByTime(TICK_MS);
    jest.advanceTimersByTime(TICK_MS);
    expect(told).toHaveLength(2);
    expect(told[1]).toMatch(/^Log lines go out to /);
  });

  it('holds a bounded number of lines while it does not know where to send', () => {
    const sender = send({ host: 'collector.invalid', port: 9616 });
    const line = JSON.stringify({ message: 'x'.repeat(1000) });
    for (let count = 0; count < 2000; count += 1) sender.send(line);
    const { lines, dropped } = sender.figures();
    expect(lines).toBe(2000);
    expect(dropped).toBeGreaterThan(900);
    expect(dropped).toBeLessThan(1100);
    expect(told).toHaveLength(1);
  });

  it('tells that a name cannot be resolved, and tries again', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'performance'] });
    const sender = send({ host: 'collector.invalid', port: 9616 });
    while (sender.figures().failures === 0) await new Promise(setImmediate);
    expect(told).toEqual([expect.stringMatching(/ENOTFOUND|EAI_AGAIN/)]);
    jest.advanceTimersByTime(TICK_MS);
    while (sender.figures().failures === 1) await new Promise(setImmediate);
    expect(told).toHaveLength(1);
  });

  it.each([479, 65_508, 1000.5, Number.NaN])('refuses datagrams of %d bytes', (maxDatagramBytes) => {
    expect(
      () => new UdpSender({ address: { host: '127.0.0.1', port: 1 }, maxDatagramBytes, tell: () => {} }),
    ).toThrow(/maxDatagramBytes must be .* 480 to 65507/);
  });
});

async function sendOne(sender: UdpSender): Promise<void> {
  sender.send('{}');
  await new Promise(setImmediate);
}
