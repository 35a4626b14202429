import { DefaultLogger } from '@temporalio/worker';
import type { LogLevel } from '@temporalio/common';
import { logLine } from '../process/logLine.js';

type WriteLine = (line: string) => void;

/** How long a message is not repeated, in milliseconds. */
const REPEAT_AFTER_MS = 60_000;

/** A logger that the Temporal SDK and the worker share. */
export function createLogger(
  write: WriteLine = (line) => process.stderr.write(line),
  clock: () => number = Date.now,
): DefaultLogger {
  const isNews = createRepetitionFilter(clock);
  return new DefaultLogger('INFO', ({ level, message, meta, timestampNanos }) => {
    if (!isNews(level, message)) return;
    const time = new Date(Number(timestampNanos / 1_000_000n)).toISOString();
    write(logLine({ time, level, message, ...meta }));
  });
}

/**
 * While Temporal is away, each of many polls reports every attempt. One such report a minute is
 * enough: numbers apart, a warning is not repeated before that.
 */
function createRepetitionFilter(
  clock: () => number,
): (level: LogLevel, message: string) => boolean {
  const lastTimes = new Map<string, number>();
  return (level, message) => {
    if (level !== 'WARN' || !message.startsWith('gRPC call ')) return true;
    const key = message.replaceAll(/\d+/g, '#');
    const now = clock();
    if (now - (lastTimes.get(key) ?? -REPEAT_AFTER_MS) < REPEAT_AFTER_MS) return false;
    lastTimes.set(key, now);
    return true;
  };
}
