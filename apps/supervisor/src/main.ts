/**
 * The entry has no import that could fail before this code runs: a failed import of an entry would leave a pm2 process
 * `online` for ever.
 */
const START_FAILED = 71;

const fail = (reason: unknown) => void reportAndExit(reason);
process.on('uncaughtException', fail).on('unhandledRejection', fail);
try {
  const { start } = await import('./start.js');
  await start({ onGuarded: dropHandlers });
} catch (error) {
  await reportAndExit(error);
}

/** The process guard has handlers of its own. */
function dropHandlers(): void {
  process.off('uncaughtException', fail).off('unhandledRejection', fail);
}

async function reportAndExit(reason: unknown): Promise<void> {
  dropHandlers();
  try {
    const { failSupervisorStart } = await import('./failed-start.js');
    await failSupervisorStart(reason);
  } catch {
    process.stderr.write(`${String(reason)}\n`);
  } finally {
    process.exit(START_FAILED);
  }
}
