import { basename, dirname } from 'node:path';
import { LogFile } from '../files/log-file.js';
import { LogRotator } from '../rotation/log-rotator.js';
import type { CollectorFigures } from './collector/collection.js';
import { lastNumbers } from './collector/last-numbers.js';
import type { LineSink } from './collector/line-sink.js';
import { LogCollector, type LogCollectorOptions } from './collector/log-collector.js';
import type { UdpAddress } from './udp-address.js';

export interface LogCollectorStart extends Pick<
  LogCollectorOptions,
  'address' | 'receiveBufferBytes' | 'tell'
> {
  /** The path of the file that all lines go to; its folder is made if there is none. */
  readonly file: string;
}

/** A collector that is at work. */
export interface RunningLogCollector {
  /** Where it listens. */
  readonly address: UdpAddress;
  figures(): CollectorFigures;
  /** Takes what has arrived, tells what is missing, and resolves once it is on disk, after some seconds at most. */
  stop(): Promise<void>;
}

/**
 * Collects the lines of many senders in one file, which it rotates as `LogRotatorOptions` say by default. Only one
 * collector may write to a file; one that begins anew goes on where the file ends.
 * @throws what prevents it: the address is taken, or the file cannot be read.
 */
export async function startLogCollector({
  file: path,
  ...options
}: LogCollectorStart): Promise<RunningLogCollector> {
  const numbers = await lastNumbers(path);
  const file = new LogFile(path);
  try {
    const collector = await LogCollector.listen({ ...options, sink: sinkInto(file), lastNumbers: numbers });
    const stopRotating = new LogRotator({ folder: dirname(path), fileNames: [basename(path)] }).start();
    return {
      address: collector.address,
      figures: () => collector.figures(),
      stop: async () => {
        await collector.stop();
        await stopRotating();
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The file counts what it cannot take the moment it is handed over. */
function sinkInto(file: LogFile): LineSink {
  return {
    write(line, weight) {
      const lostBefore = file.losses.lines;
      file.write(line, weight);
      return file.losses.lines === lostBefore;
    },
  };
}
