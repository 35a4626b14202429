import { CommanderError } from 'commander';
import { EXIT_CODES, type ExitReason } from '../../src/cli/exitCodes.js';
import { sayFailure } from '../../src/cli/failure.js';
import { createProgram } from '../../src/cli/program.js';
import { shared } from '../support/shared.js';
import { KeptConsole } from './keptConsole.js';

/** What came of a command. */
interface Ran {
  exitCode: number;
  /** What it wrote, and said on the error output. */
  written: string;
  errors: string;
}

/** Carries a command out in this process, in a namespace of the server that all tests share. */
export async function runIn(
  namespace: string,
  args: readonly string[],
  changes: Partial<KeptConsole> = {},
): Promise<Ran> {
  const console = Object.assign(new KeptConsole(), {
    drawable: false,
    environment: { TEMPORAL_ADDRESS: shared.temporalAddress, TEMPORAL_NAMESPACE: namespace },
    ...changes,
  });
  let reason: ExitReason = 'succeeded';
  const program = createProgram(console, async (format, command) => {
    reason = await command().catch((error: unknown) => sayFailure(error, console, format));
  });
  await program.parseAsync(['node', 'sluice', ...args]).catch((error: unknown) => {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) reason = 'usage';
  });
  const { written, errors } = console;
  return { exitCode: EXIT_CODES[reason].code, written, errors };
}
