import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { neutralEnvironment } from '../../dev/stack/processes.js';
import { LOOPBACK, portOrFree } from '../../dev/stack/ports.js';

const sluice = fileURLToPath(new URL('../../bin/sluice', import.meta.url));

/** A command of `sluice` that runs on, in a process of its own. */
export class SluiceProcess {
  stderr = '';
  readonly exit: Promise<number | null>;
  readonly #child;

  constructor(command: readonly string[], environment: Record<string, string>) {
    this.#child = spawn(process.execPath, [sluice, ...command], {
      env: { ...neutralEnvironment(), ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.exit = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Waits for the answer of its health endpoint. */
  async answers(url: string, status: number): Promise<void> {
    const ask = () => fetch(url).then((answer) => answer.status, String);
    await expect.poll(ask, { timeout: 60_000, interval: 100 }).toBe(status);
  }

  /** Waits until its log says something. */
  async says(text: string): Promise<void> {
    await expect.poll(() => this.stderr, { timeout: 60_000, interval: 20 }).toContain(text);
  }
}

/** host:port that nothing listens at. */
export async function freeAddress(): Promise<string> {
  return `${LOOPBACK}:${await portOrFree(undefined, 'a test')}`;
}
