import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { guard } from '../../src/local/guard.js';
import { neutralEnvironment } from '../../src/local/processes.js';
import type { Stack } from '../stack/stack.js';

const sluice = fileURLToPath(new URL('../../bin/sluice', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const EXIT_CODES = { succeeded: 0, rolledBack: 4 } as const;

/** The `sluice` command as a person runs it, with its output on this terminal. */
export class Sluice {
  constructor(
    private readonly stack: Stack,
    private readonly interruption: AbortSignal,
  ) {}

  /**
   * Deploys a file and watches until it has ended.
   *
   * @throws Error when the deployment ends otherwise than expected
   */
  deploy(file: string, expected: keyof typeof EXIT_CODES): Promise<void> {
    return this.#run(['deploy', 'start', '-f', file, '--watch'], EXIT_CODES[expected]);
  }

  /**
   * Deploys a file and leaves the deployment alone.
   *
   * @param context - values for its `{{context.…}}`
   */
  start(file: string, context: Record<string, string> = {}): Promise<void> {
    const given = Object.entries(context).map(([key, value]) => `${key}=${value}`);
    const added = given.length === 0 ? [] : ['--add-context', given.join(',')];
    return this.#run(['deploy', 'start', '-f', file, ...added], EXIT_CODES.succeeded);
  }

  /** Shows how an application's deployment is. */
  status(application: string): Promise<void> {
    return this.#run(['deploy', 'status', '-n', application], EXIT_CODES.succeeded);
  }

  async #run(args: readonly string[], expected: number): Promise<void> {
    this.interruption.throwIfAborted();
    // In a group of its own Ctrl-C does not reach it: an interrupted demo kills it, without a word.
    const child = spawn(process.execPath, [sluice, ...args], {
      cwd: root,
      detached: true,
      env: this.#environment(),
      killSignal: 'SIGKILL',
      signal: this.interruption,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    guard(child);
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === expected) return;
    throw new Error(`sluice ended with exit code ${code}, not ${expected}.`);
  }

  #environment(): NodeJS.ProcessEnv {
    const { address, namespace, uiUrl } = this.stack.temporal;
    return {
      ...neutralEnvironment(),
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      ...(uiUrl !== undefined && { SLUICE_UI_URL: uiUrl }),
    };
  }
}
