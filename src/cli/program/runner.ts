import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';

/** Runs one command and remembers how it ended. */
export type Runner = (format: OutputFormat, command: () => Promise<ExitReason>) => Promise<void>;
