/**
 * The entry has no import that could fail before this code runs: a failed import of an entry would leave a pm2
 * worker `online` for ever.
 */
const START_FAILED = 71;

try {
  const { start } = await import('./start.js');
  await start();
} catch (error) {
  const { reportFailedStart } = await import('./failed-start.js').catch(() => ({
    reportFailedStart: (reason: unknown) => process.stderr.write(`${String(reason)}\n`),
  }));
  try {
    reportFailedStart(error);
  } finally {
    process.exit(START_FAILED);
  }
}
