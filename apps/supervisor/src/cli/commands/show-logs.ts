import { prettyLine, readLogs } from '@evernest/logging';
import { EXIT } from '../exit-codes.js';
import { logPaths } from '../logs/log-paths.js';
import { logsQuery, type LogsRequest } from '../logs/logs-request.js';
import { LineWriter } from '../output/line-writer.js';
import type { CommandContext } from './command-context.js';

/** Shows the lines of logs as one, with --json as they stand. Exit code 1 if a file could not be read. */
export async function showLogs(
  { output, surroundings, stateDir }: CommandContext,
  files: readonly string[],
  request: LogsRequest,
): Promise<number> {
  const { stdout, signal } = surroundings;
  const writer = new LineWriter(stdout, signal);
  const pretty = prettyLine(output.isColoured);
  let exitCode: number = EXIT.done;
  let shown = 0;
  const onUnreadable = (message: string) => {
    output.complain(message);
    exitCode = EXIT.refusedOrFailed;
  };
  try {
    const paths = logPaths(stateDir, files, request);
    for await (const lines of readLogs({ ...logsQuery(request), paths, signal, onUnreadable })) {
      shown += lines.length;
      // Every byte is one character of `raw`.
      if (output.isJson)
        await writer.write(
          lines.map(({ raw }) => raw),
          'latin1',
        );
      else await writer.write(lines.map(pretty), 'utf8');
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (shown === 0 && exitCode === EXIT.done && !signal.aborted) output.complain('No line matches.');
  // Whoever follows ends it with Ctrl-C, and `| head` has seen enough.
  return signal.aborted ? EXIT.done : exitCode;
}
