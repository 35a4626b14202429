import type { TerminalText } from '../domain/terminalText.js';
import { EXIT_CODES } from './exitCodes.js';
import type { Environment } from '../settings/environment.js';
import { variable } from '../settings/environment.js';
import { type Keyboard, TerminalKeyboard } from './prompt/keyboard.js';

/** What a command reads from and writes to, and what it knows about it. */
export interface Console {
  out(text: TerminalText): void;
  err(text: TerminalText): void;
  /** Whether what is written to `out` can be drawn over. */
  drawable: boolean;
  colours: boolean;
  /** Of the terminal. */
  size(): { columns: number; rows: number };
  now(): Date;
  /** All of standard input, or as much of it as shows that it is too large to be a deployment. */
  readInput(): Promise<Uint8Array>;
  environment: Environment;
  /** Present where a person sits at the terminal, who can be asked. */
  keyboard?: Keyboard;
}

/**
 * The console of this process. Going on when nobody reads its results would be in vain; without
 * anybody who reads its errors, the exit code still tells.
 */
export function systemConsole(): Console {
  const { stdin, stdout, stderr, env } = process;
  stderr.on('error', () => undefined);
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Where the end has not been seen, it must not look like a success.
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT_CODES.detached.code);
    stderr.write(`What was to be said cannot be written: ${error.message}.\n`);
    process.exit(EXIT_CODES.internal.code);
  });
  const drawable = stdout.isTTY && env.TERM !== 'dumb';
  const asks = drawable && stdin.isTTY && variable(env, 'CI') === undefined;
  return {
    out: ({ text }) => void stdout.write(text),
    err: ({ text }) => void stderr.write(text),
    drawable,
    colours: drawable && variable(env, 'NO_COLOR') === undefined,
    // A terminal that does not know its size says 0.
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    now: () => new Date(),
    // Loaded when it is read, so that help is quick.
    readInput: async () => (await import('./standardInput.js')).readStandardInput(),
    environment: env,
    ...(asks && { keyboard: new TerminalKeyboard(stdin) }),
  };
}
