import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { LOOPBACK, portOrFree } from '../../dev/stack/ports.js';
import { workerAwsEnvironment } from '../support/awsPlace.js';

const sluice = fileURLToPath(new URL('../../bin/sluice', import.meta.url));

/** `sluice worker`, or another command that runs until it is stopped, in a process of its own. */
export class WorkerProcess {
  stderr = '';
  readonly exit: Promise<number | null>;
  readonly #child;

  constructor(environment: Record<string, string>, command: readonly string[] = ['worker']) {
    this.#child = spawn(process.execPath, [sluice, ...command], {
      env: { ...process.env, ...workerAwsEnvironment(), ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exit = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits for the answer of its health endpoint. */
  async answers(url: string, status: number): Promise<void> {
    const ask = () => fetch(url).then((answer) => answer.status, String);
    await expect.poll(ask, { timeout: 60_000, interval: 100 }).toBe(status);
  }
}

/** host:port that nothing listens at. */
export async function freeAddress(): Promise<string> {
  return `${LOOPBACK}:${await portOrFree(undefined, 'a test')}`;
}
