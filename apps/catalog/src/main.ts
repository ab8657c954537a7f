import module from 'node:module';

/**
 * The entry has no import that could fail before this code runs: a failed import of an entry would leave a pm2 worker
 * `online` for ever.
 */
const START_FAILED = 71;

interface MapsSince22 {
  setSourceMapsSupport?: (enabled: boolean, options: { nodeModules: boolean }) => void;
}

const fail = (reason: unknown) => void reportAndExit(reason);
process.on('uncaughtException', fail).on('unhandledRejection', fail);
if (process.sourceMapsEnabled) mapOwnFilesOnly();
try {
  const { start } = await import('./start.js');
  await start({ onGuarded: dropHandlers });
} catch (error) {
  await reportAndExit(error);
}

/** Two of three maps are those of packages: 3 MB, and a twentieth of a start. Node 20 can only have all or none. */
function mapOwnFilesOnly(): void {
  const { setSourceMapsSupport } = module as typeof module & MapsSince22;
  setSourceMapsSupport?.(true, { nodeModules: false });
}

/** The process guard has handlers of its own. */
function dropHandlers(): void {
  process.off('uncaughtException', fail).off('unhandledRejection', fail);
}

async function reportAndExit(reason: unknown): Promise<void> {
  dropHandlers();
  try {
    const { failServiceStart } = await import('./failed-start.js');
    await failServiceStart(reason);
  } catch {
    process.stderr.write(`${String(reason)}\n`);
  } finally {
    process.exit(START_FAILED);
  }
}
