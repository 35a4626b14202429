import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from '@jest/globals';
import { shared } from '../support/shared.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { eventually } from '../support/until.js';

const sluice = fileURLToPath(new URL('../../bin/sluice', import.meta.url));

/** The `sluice` command in a process of its own. */
export class CommandProcess {
  stdout = '';
  stderr = '';
  readonly exit: Promise<number | null>;
  readonly #child;

  /** @param input - what it reads from standard input; by default nothing */
  constructor(args: readonly string[], environment: Record<string, string>, input = '') {
    this.#child = spawn(process.execPath, [sluice, ...args], {
      env: { ...process.env, ...NO_TEMPORAL_CONFIG, ...environment },
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#child.stdin.on('error', () => undefined).end(input);
    this.exit = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Closes the reading end of what it writes, as `head` does. */
  stopReading(stream: 'stdout' | 'stderr' = 'stdout'): void {
    this.#child[stream].destroy();
  }

  async says(text: string): Promise<void> {
    await eventually(() => expect(this.stdout).toContain(text));
  }

  lines(): Record<string, unknown>[] {
    return objectsIn(this.stdout);
  }
}

/** What a command has written for scripts, a line of JSON for each. */
export function objectsIn(stdout: string): Record<string, unknown>[] {
  const lines = stdout.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Commands in a namespace of the Temporal server that all tests share. */
export function commandsIn(namespace: string) {
  const environment = {
    TEMPORAL_ADDRESS: shared.temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    SLUICE_UI_URL: 'http://ui.example/',
  };
  const start = (args: readonly string[], more: Record<string, string> = {}, input?: string) =>
    new CommandProcess(args, { ...environment, ...more }, input);
  const run = async (...given: Parameters<typeof start>) => {
    const command = start(...given);
    return { exitCode: await command.exit, command, ...command };
  };
  return { start, run };
}
