import { carryOut } from './carryOut.js';
import { systemConsole } from './console.js';
import { EXIT_CODES } from './exitCodes.js';

const reason = await carryOut(process.argv.slice(2), systemConsole());
process.exitCode = EXIT_CODES[reason].code;

// What is left then, such as a worker that could not finish in time, must not hold the process.
setTimeout(() => process.exit(), 2000).unref();
