import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { executable, tools } from '../../../dev/setup/tools.js';
import { neutralEnvironment } from '../../../src/local/processes.js';
import { CI_SYSTEMS } from '../../../src/cli/origin/ciSystems.js';
import { NO_TEMPORAL_CONFIG } from '../temporalConfig.js';
import { until } from '../until.js';
import { ScreenReader } from './screen.js';

const script = fileURLToPath(new URL('terminal.py', import.meta.url));
const sluice = fileURLToPath(new URL('../../../bin/sluice', import.meta.url));

/** Rows of the terminal, which all that is shown fits into. */
const ROWS = 40;

/** The `sluice` command in a pseudo-terminal, and a person in front of it. */
export class Terminal {
  readonly exit: Promise<number | null>;
  readonly #screen: ScreenReader;
  readonly #child;

  constructor(columns: number, args: readonly string[], environment: Record<string, string>) {
    this.#screen = new ScreenReader(columns);
    const command = [script, String(columns), String(ROWS), process.execPath, sluice, ...args];
    this.#child = spawn(executable(tools.emulatorPython), command, {
      env: { ...atHome(), ...NO_TEMPORAL_CONFIG, ...environment, TERM: 'xterm-256color' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => this.#screen.write(text));
    this.exit = once(this.#child, 'close').then(([code]) => code as number | null);
  }

  /** What is on the screen. */
  get lines(): string[] {
    return this.#screen.lines;
  }

  /** Waits until the screen shows something. */
  async shows(text: string): Promise<string[]> {
    await until(`the terminal showed: ${text}`, () => {
      return this.lines.join('\n').includes(text) || undefined;
    }).catch((error: unknown) => {
      throw new Error(`It showed:\n${this.lines.join('\n')}`, { cause: error });
    });
    return this.lines;
  }

  types(keys: string): void {
    this.#child.stdin.write(keys);
  }
}

/** An environment that is no CI job's, wherever the tests run. */
function atHome(): NodeJS.ProcessEnv {
  const jobs = new Set(['CI', 'NO_COLOR', ...CI_SYSTEMS.map(({ marker }) => marker)]);
  return Object.fromEntries(
    Object.entries(neutralEnvironment()).filter(([name]) => !jobs.has(name)),
  );
}
