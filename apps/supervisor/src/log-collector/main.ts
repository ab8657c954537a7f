import { once } from 'node:events';
import { EnvironmentError } from '@evernest/environment';
import { formatUdpAddress, startLogCollector, type CollectorFigures } from '@evernest/logging';
import { readCommandLine, type CollectorRequest } from './command-line.js';
import { loadEnvironment } from './environment.js';
import { EXIT } from './exit-codes.js';

/** `npm run log-collector -- …` */
const request = readCommandLine(process.argv.slice(2));
process.exitCode = typeof request === 'number' ? request : await main(request);

async function main(asked: CollectorRequest): Promise<number> {
  // Before it listens: whoever sees it start may stop it at once.
  const stop = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  try {
    const { listen: address, file } = { ...loadEnvironment(), ...asked };
    const collector = await startLogCollector({ address, file, tell: say });
    say(`Collecting log lines on ${formatUdpAddress(collector.address)} into ${file}.`);
    await stop;
    await collector.stop();
    say(summary(collector.figures()));
    return EXIT.stopped;
  } catch (error) {
    say(`The log collector cannot start: ${(error as Error).message}`);
    return error instanceof EnvironmentError ? EXIT.wrongUsage : EXIT.failed;
  }
}

function summary({ received, lost, repeated, unreadable, senders }: CollectorFigures): string {
  return (
    `Received ${received} lines of ${senders.length} senders; ${lost} were lost, ${repeated} came again, ` +
    `${unreadable} datagrams were no log lines.`
  );
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
