import type { Logform } from 'winston';
import TransportStream from 'winston-transport';
import type { UdpSender } from './udp-sender.js';

interface UdpTransportOptions extends TransportStream.TransportStreamOptions {
  /** Closed together with the transport. */
  readonly sender: UdpSender;
}

/** winston's way to a `UdpSender`: each line, which `format` should make JSON, becomes a datagram. */
export class UdpTransport extends TransportStream {
  private readonly sender: UdpSender;

  constructor({ sender, ...options }: UdpTransportOptions) {
    super(options);
    this.sender = sender;
  }

  override log(info: Logform.TransformableInfo, done: () => void): void {
    this.sender.send(String(info[Symbol.for('message')]));
    done();
  }

  override close(): void {
    void this.sender.close();
  }
}
