/**
 * Says what the log itself cannot. A file behind stderr may be full like that of the log, or its reader gone; nobody
 * listens for that by default, and Node would end the process.
 */
export function tellOnStderr(sentence: string): void {
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => {});
  process.stderr.write(`${sentence}\n`);
}
