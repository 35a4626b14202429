import { type LogEntry, logLine } from './logLine.js';

/** What belongs to an entry beside its message. */
type Fields = Readonly<Record<string, unknown>>;

/** The log of a process in which no Temporal worker runs. */
export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/**
 * @param write - takes one line of JSON for each entry
 * @default to stderr
 */
export function createLog(write = (line: string): unknown => process.stderr.write(line)): Log {
  const at =
    (level: LogEntry['level']) =>
    (message: string, fields: Fields = {}) => {
      write(logLine({ time: new Date().toISOString(), level, message, ...fields }));
    };
  return { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };
}
