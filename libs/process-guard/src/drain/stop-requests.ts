const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** What pm2 sends instead of a signal where `shutdown_with_message` is set. */
const SHUTDOWN_MESSAGE = 'shutdown';

/** Calls `onStop` for each way in which a process is asked to stop. @returns what ends the watch. */
export function watchStopRequests(onStop: (who: string) => void): () => void {
  const onSignal = (signal: NodeJS.Signals) => onStop(signal);
  const onMessage = (message: unknown) => {
    if (message === SHUTDOWN_MESSAGE) onStop(`the message ${SHUTDOWN_MESSAGE}`);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on('message', onMessage);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off('message', onMessage);
  };
}
