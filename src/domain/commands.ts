import type { OpenGate } from './gates.js';
import type { Verb } from './requests.js';

/** A command of Temporal's own command line, for a person to copy: it works without Sluice. */
export interface SignalCommand {
  namespace: string;
  workflowId: string;
  /** An answer that comes late must not reach the next run. */
  runId: string;
  signal: string;
  input?: Record<string, string | boolean>;
}

/** The run that is to get an answer. */
export type Addressee = Pick<SignalCommand, 'namespace' | 'workflowId' | 'runId'>;

/** A way to answer a gate. */
export interface GateAnswer {
  /** The signal's name. */
  signal: Verb;
  /** The command that sends it, for a POSIX shell. */
  command: string;
}

/** By the kind of the gate, which a newer worker may have more of. */
const ANSWERS: Readonly<Record<string, readonly Verb[]>> = {
  approval: ['approve', 'reject'],
  pause: ['skipPause'],
  callback: ['webhookCallback'],
  stuckRollback: ['retry', 'abandon'],
};

/** Every way in which a gate can be answered. */
export function answersTo({ id, kind, roles }: OpenGate, addressee: Addressee): GateAnswer[] {
  return (ANSWERS[kind] ?? []).map((signal) => {
    const role = signal === 'approve' ? roles?.[0] : undefined;
    const success = signal === 'webhookCallback' ? true : undefined;
    const input = {
      gate: id,
      ...(role !== undefined && { role }),
      ...(success !== undefined && { success }),
    };
    return { signal, command: signalCommand({ ...addressee, signal, input }) };
  });
}

export function signalCommand(command: SignalCommand): string {
  const { namespace, workflowId, runId, signal, input } = command;
  const parts = [
    'temporal workflow signal',
    `--namespace ${quoted(namespace)}`,
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
