import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Stack } from '../stack/stack.js';

const sluice = fileURLToPath(new URL('../../bin/sluice', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const EXIT_CODES = { succeeded: 0, rolledBack: 4 } as const;

/** The `sluice` command as a person runs it, with its output on this terminal. */
export class Sluice {
  constructor(private readonly stack: Stack) {}

  /** @throws Error when the deployment ends otherwise than expected */
  async deploy(file: string, expected: keyof typeof EXIT_CODES): Promise<void> {
    const { temporal } = this.stack;
    const child = spawn(process.execPath, [sluice, 'deploy', 'start', '-f', file, '--watch'], {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: temporal.namespace,
        ...(temporal.uiUrl !== undefined && { SLUICE_UI_URL: temporal.uiUrl }),
      },
    });
    // It shares this terminal, so Ctrl-C reaches it by itself; other signals reach only the demo.
    const endWithDemo = (): void => void child.kill();
    process.once('exit', endWithDemo);
    const [code] = (await once(child, 'exit')) as [number | null];
    process.off('exit', endWithDemo);
    if (code === EXIT_CODES[expected]) return;
    throw new Error(`sluice ended with exit code ${code}, not ${EXIT_CODES[expected]}.`);
  }
}
