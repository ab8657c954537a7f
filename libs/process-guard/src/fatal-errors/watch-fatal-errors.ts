/** What brought a fatal error to light. */
export type FatalOrigin = 'uncaughtException' | 'unhandledRejection';

/**
 * Calls `onFatal` for every error that nobody caught. pm2 has a listener of its own for rejections that lets the process
 * live on, and one for exceptions that ends it at once unless there is another.
 * @returns what ends the watch.
 */
export function watchFatalErrors(onFatal: (thrown: unknown, origin: FatalOrigin) => void): () => void {
  const onException = (error: unknown) => onFatal(error, 'uncaughtException');
  const onRejection = (reason: unknown) => onFatal(reason, 'unhandledRejection');
  process.prependListener('uncaughtException', onException);
  process.prependListener('unhandledRejection', onRejection);
  return () => {
    process.off('uncaughtException', onException);
    process.off('unhandledRejection', onRejection);
  };
}
