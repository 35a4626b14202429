import { CommanderError } from 'commander';
import { systemConsole } from './console.js';
import { EXIT_CODES, type ExitReason } from './exitCodes.js';
import { sayFailure } from './failure.js';
import { createProgram } from './program.js';

const console = systemConsole();
let reason: ExitReason = 'succeeded';

const program = createProgram(console, async (format, command) => {
  try {
    reason = await command();
  } catch (error) {
    reason = await sayFailure(error, console, format);
  }
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  const helped = error instanceof CommanderError && error.exitCode === 0;
  if (error instanceof CommanderError) reason = helped ? 'succeeded' : 'usage';
  else reason = await sayFailure(error, console, 'text');
}
process.exitCode = EXIT_CODES[reason].code;

// What is left then, such as a worker that could not finish in time, must not hold the process.
setTimeout(() => process.exit(), 2000).unref();
