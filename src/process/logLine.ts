import { escapedJson } from '../domain/printable.js';
import type { LogLevel, LogMetadata } from '@temporalio/common';

export interface LogEntry {
  /** ISO 8601. */
  time: string;
  level: LogLevel;
  message: string;
}

/**
 * One line of JSON, with an escape for what a terminal would obey. An error is its name, message and stack: its other fields
 * may hold payloads.
 */
export function logLine(entry: LogEntry & LogMetadata): string {
  const text = JSON.stringify(entry, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    if (!(value instanceof Error)) return value;
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  });
  return `${escapedJson(text)}\n`;
}
