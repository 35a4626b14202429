import { defined } from './defined.js';
import type { OpenGate } from './gates.js';
import { type Verb, VERB_RECORDS, verbsFor } from './verbs.js';

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
  /** Of a webhook's callback, which can say either. */
  success?: boolean;
  /** The command of Temporal's own command line that sends it, for a POSIX shell. */
  command: string;
  /** Sluice's own command for it. Absent where it has none, or the deployment has no id. */
  sluice?: string;
}

/** Every way in which a gate can be answered. */
export function answersTo({ id, kind, roles }: OpenGate, addressee: Addressee): GateAnswer[] {
  return verbsFor(kind).flatMap((signal) => {
    const role = signal === 'approve' ? roles?.[0] : undefined;
    return OUTCOMES[signal === 'webhookCallback' ? 'callback' : 'other'].map((success) => {
      const said = defined({ success });
      const input = { gate: id, ...defined({ role }), ...said };
      return { signal, ...said, command: signalCommand({ ...addressee, signal, input }) };
    });
  });
}

/** What an answer can say, beside that it is one. */
const OUTCOMES = { callback: [true, false], other: [undefined] } as const;

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

/**
 * The command of Sluice's own command line that answers a gate, with the deployment's id: an answer
 * that comes late must not reach the next one.
 *
 * @param success - what it says in the place of a webhook's callback
 */
export function sluiceCommand(
  { application, deploymentId }: { application: string; deploymentId: string },
  { id, roles }: Pick<OpenGate, 'id' | 'roles'>,
  verb: Verb,
  success = true,
): string | undefined {
  const command = VERB_RECORDS[verb].command;
  if (command === undefined) return undefined;
  const role = verb === 'approve' ? roles?.[0] : undefined;
  const which = deploymentWords({ application, deploymentId });
  const as = role === undefined ? '' : ` --role ${word(role)}`;
  const outcome = success ? ' --success' : ' --failure';
  const says = verb === 'webhookCallback' ? outcome : '';
  return `sluice deploy ${command} ${which} --gate ${word(id)}${as}${says}`;
}

/** How Sluice's commands are told which deployment is meant. */
export function deploymentWords({
  application,
  deploymentId,
}: {
  application: string;
  deploymentId?: string;
}): string {
  const id = deploymentId === undefined ? '' : ` -i ${word(deploymentId)}`;
  return `-n ${word(application)}${id}`;
}

/** The command that starts an agent. */
export function agentCommand(identifier: string): string {
  return `sluice agent --identifier ${word(identifier)}`;
}

/** Quoted only where the shell could take it for something else. */
function word(text: string): string {
  return /^[\w./@%+=:-]+$/.test(text) ? text : quoted(text);
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
