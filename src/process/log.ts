import { type LogEntry, logLine } from './logLine.js';

type Say = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** The log of a process in which no Temporal worker runs. */
export interface Log {
  info: Say;
  warn: Say;
  error: Say;
}

/**
 * @param write - takes one line of JSON for each entry
 * @default to stderr
 */
export function createLog(write = (line: string): unknown => process.stderr.write(line)): Log {
  const at =
    (level: LogEntry['level']): Say =>
    (message, fields = {}) => {
      write(logLine({ time: new Date().toISOString(), level, message, ...fields }));
    };
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
}
