/** Forwards TCP connections to a server such as a database, until that is to look as if it were away. */
export class SeverableProxy {
  readonly port: number;
  readonly mostHeld: number;
  constructor(host: string, port: number);
  start(): Promise<void>;
  refuse(): Promise<void>;
  mute(): Promise<void>;
  silence(): void;
}
