import { CommanderError } from 'commander';
import type { Console } from './console.js';
import type { ExitReason } from './exitCodes.js';
import { sayFailure } from './failure.js';
import { createProgram } from './program.js';

/**
 * Carries out what was typed. What goes wrong is said, and never thrown.
 *
 * @param args - what follows the name of the command
 */
export async function carryOut(args: readonly string[], console: Console): Promise<ExitReason> {
  let reason: ExitReason = 'succeeded';
  const program = createProgram(console, async (format, command) => {
    try {
      reason = await command();
    } catch (error) {
      reason = await sayFailure(error, console, format);
    }
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return reason;
  } catch (error) {
    if (!(error instanceof CommanderError)) return sayFailure(error, console, 'text');
    return error.exitCode === 0 ? 'succeeded' : 'usage';
  }
}
