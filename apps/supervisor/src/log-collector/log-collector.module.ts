import {
  Inject,
  Logger,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import {
  formatUdpAddress,
  startLogCollector,
  type LogCollectorStart,
  type RunningLogCollector,
} from '@evernest/logging';

type Collecting = Pick<LogCollectorStart, 'address' | 'file'>;

const COLLECTING = Symbol('COLLECTING');

/** The log collector as a part of the supervisor. One that cannot listen keeps the supervisor from nothing. */
@Module({})
export class LogCollectorModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('LogCollector');
  private collector: RunningLogCollector | undefined;

  constructor(@Inject(COLLECTING) private readonly options: Collecting) {}

  static forRoot(options: Collecting): DynamicModule {
    return { module: LogCollectorModule, providers: [{ provide: COLLECTING, useValue: options }] };
  }

  async onApplicationBootstrap(): Promise<void> {
    const { file } = this.options;
    try {
      const tell = (sentence: string) => this.logger.warn(sentence);
      this.collector = await startLogCollector({ ...this.options, tell });
      this.logger.log({ message: `listening on ${formatUdpAddress(this.collector.address)}`, file });
    } catch (error) {
      this.logger.error({ message: 'no lines are collected', error, file });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.collector?.stop();
  }
}
