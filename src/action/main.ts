import { EXIT_CODES } from '../cli/exitCodes.js';
import { onStopSignal } from '../process/signals.js';
import { JobLog } from './jobLog.js';
import { runAction } from './run.js';

const cancelled = new AbortController();
onStopSignal(() => cancelled.abort());

const reason = await runAction({
  environment: process.env,
  log: new JobLog((text) => process.stdout.write(text)),
  cancelled: cancelled.signal,
});
process.exitCode = EXIT_CODES[reason].code;

// A connection that does not close must not hold the job.
setTimeout(() => process.exit(), 2000).unref();
