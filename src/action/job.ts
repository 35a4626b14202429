import type { TerminalText } from '../domain/terminalText.js';
import type { Console } from '../cli/console.js';
import type { Environment } from '../settings/environment.js';
import type { JobLog } from './jobLog.js';

/** A step of a GitHub job, as far as the action knows it. */
export interface Job {
  environment: Environment;
  log: JobLog;
  /** Aborted when somebody cancels the job. */
  cancelled: AbortSignal;
}

/** A console on which everything is said in one place: a log has its lines in order. */
export function consoleOf({ environment }: Job, say: (text: TerminalText) => void): Console {
  return {
    out: say,
    err: say,
    drawable: false,
    colours: false,
    size: () => ({ columns: Infinity, rows: Infinity }),
    now: () => new Date(),
    // A step of a job has none.
    readInput: () => Promise.resolve(new Uint8Array()),
    environment,
  };
}
