/** Ctrl-C while something was waited for that goes on without whoever waits. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  constructor(decisionId: string) {
    super(`Stopped waiting. Decision ${decisionId} goes on; \`npm run ops -- decisions\` shows how it ends.`);
  }
}
