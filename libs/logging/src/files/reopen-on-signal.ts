/**
 * Opens the files anew when the process gets the signal, such as from logrotate. Without a handler SIGUSR2 ends the
 * process. @returns what removes the handler
 */
export function reopenOnSignal(
  files: readonly { reopen(): void }[],
  signal: NodeJS.Signals = 'SIGUSR2',
): () => void {
  const reopen = () => files.forEach((file) => file.reopen());
  process.on(signal, reopen);
  return () => void process.off(signal, reopen);
}
