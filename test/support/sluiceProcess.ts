import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { LOOPBACK, portOrFree } from '../../src/local/ports.js';
import { neutralEnvironment } from '../../src/local/processes.js';
import { until } from './until.js';

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

  /** Waits until its health endpoint answers so. */
  async answers(url: string, status: number): Promise<void> {
    await until(`${url} answered ${status}`, async () => {
      const answer = await fetch(url).catch(() => undefined);
      return answer?.status === status || undefined;
    });
  }

  /** Waits until its log says something. */
  async says(text: string): Promise<void> {
    await until(`it said: ${text}`, () => this.stderr.includes(text) || undefined);
  }
}

/** host:port that nothing listens at. */
export async function freeAddress(): Promise<string> {
  return `${LOOPBACK}:${await portOrFree(undefined, 'a test')}`;
}
