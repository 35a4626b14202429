export type Log = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Lines of JSON on stderr, as the worker writes them. */
export function createLog(write: (line: string) => void = toStderr): Log {
  return (message, fields = {}) => {
    const time = new Date().toISOString();
    write(`${JSON.stringify({ time, level: 'INFO', message, ...fields })}\n`);
  };
}

function toStderr(line: string): void {
  process.stderr.write(line);
}
