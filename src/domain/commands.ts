/** A command of Temporal's own command line, for a person to copy: it works without Sluice. */
export interface SignalCommand {
  namespace: string;
  workflowId: string;
  /** An answer that comes late must not reach the next run. */
  runId: string;
  signal: string;
  input?: Record<string, string>;
}

export function signalCommand(command: SignalCommand): string {
  const { namespace, workflowId, runId, signal, input } = command;
  const parts = [
    'temporal workflow signal',
    ...(namespace === 'default' ? [] : [`--namespace ${quoted(namespace)}`]),
    `--workflow-id ${quoted(workflowId)}`,
    `--run-id ${runId}`,
    `--name ${signal}`,
    ...(input === undefined ? [] : [`--input ${quoted(JSON.stringify(input))}`]),
  ];
  return parts.join(' ');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
