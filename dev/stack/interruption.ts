import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Below npm one Ctrl-C comes twice: from the terminal, and passed on by npm. */
const SAME_INTERRUPTION_MS = 1000;

/**
 * Says once that this process shall end, with the exit code that tells so. A person who asks again
 * ends it at once, and the guardian ends what it leaves behind.
 */
export function onInterruption(end: (exitCode: number) => void): void {
  let since: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const exitCode = 128 + constants.signals[signal];
      if (since === undefined) end(exitCode);
      else if (Date.now() - since > SAME_INTERRUPTION_MS) process.exit(exitCode);
      since ??= Date.now();
    });
  }
}
