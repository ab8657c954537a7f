import { Session, type Runtime } from 'node:inspector';
import { DESCRIBE_MAIN_THREAD, type MainThreadView } from './main-thread-view.js';

/**
 * Asks the main thread through V8's inspector, which interrupts it even inside an endless loop, a regular expression or
 * `Atomics.wait`. The main thread answers in a millisecond and goes on where it was; it is never paused, so nothing that
 * fails here can leave it frozen, and no code is recompiled for debugging.
 */
export class MainThreadInspector {
  private readonly session = new Session();

  constructor() {
    this.session.connectToMainThread();
  }

  /** Pends as long as the main thread is in native code. @throws Error if the answer is no description. */
  async view(): Promise<MainThreadView> {
    const { result } = await this.evaluate(DESCRIBE_MAIN_THREAD);
    if (result.type !== 'string') throw new Error(`no description: ${result.description ?? result.type}`);
    return JSON.parse(String(result.value)) as MainThreadView;
  }

  disconnect(): void {
    this.session.disconnect();
  }

  private evaluate(expression: string): Promise<Runtime.EvaluateReturnType> {
    return new Promise((resolve, reject) => {
      this.session.post('Runtime.evaluate', { expression, silent: true }, (error, answer) => {
        if (error) reject(error);
        else resolve(answer);
      });
    });
  }
}
