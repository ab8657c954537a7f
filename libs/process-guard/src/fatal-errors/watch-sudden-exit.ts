import type { End } from '../last-words/compose-last-words.js';

/**
 * Tells when the process exits without having been told to, such as by `process.exit()` somewhere in a library.
 * @returns what ends the watch
 */
export function watchSuddenExit(tell: (end: End) => void): () => void {
  const onExit = (exitCode: number) => {
    // `process.exit` runs its listeners before it ends, so its caller is still on the stack.
    const stack = new Error('exit').stack ?? '';
    try {
      tell({ cause: 'fatal-error', exitCode, message: whyItExits(exitCode, stack), stack });
    } catch {
      // Whoever throws here keeps the process from ending, for good.
    }
  };
  process.on('exit', onExit);
  return () => void process.off('exit', onExit);
}

function whyItExits(exitCode: number, stack: string): string {
  if (stack.includes('node:internal/cluster/')) return 'The primary process of the cluster, pm2, is gone.';
  if (/\bat process\.(reallyE|e)xit\b/.test(stack)) return `The code called process.exit(${exitCode}).`;
  return 'Nothing was left to do.';
}
