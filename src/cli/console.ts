import { EXIT_CODES } from './exitCodes.js';
import type { Environment } from '../settings/environment.js';
import { variable } from '../settings/environment.js';
import { type Keyboard, TerminalKeyboard } from './prompt/keyboard.js';

/** What a command writes to, and what it knows about it. */
export interface Console {
  out(text: string): void;
  err(text: string): void;
  /** Whether what is written to `out` can be drawn over. */
  drawable: boolean;
  colours: boolean;
  /** Of the terminal. */
  size(): { columns: number; rows: number };
  now(): Date;
  environment: Environment;
  /** Present where a person sits at the terminal, who can be asked. */
  keyboard?: Keyboard;
}

/** The console of this process. Reading on when nobody reads what it says would be in vain. */
export function systemConsole(): Console {
  const { stdin, stdout, stderr, env } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    stderr.write(`What was to be said cannot be written: ${error.message}.\n`);
    process.exit(EXIT_CODES.internal.code);
  });
  const drawable = stdout.isTTY && env.TERM !== 'dumb';
  const asks = drawable && stdin.isTTY && variable(env, 'CI') === undefined;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    drawable,
    colours: drawable && variable(env, 'NO_COLOR') === undefined,
    // A terminal that does not know its size says 0.
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    now: () => new Date(),
    environment: env,
    ...(asks && { keyboard: new TerminalKeyboard(stdin) }),
  };
}
