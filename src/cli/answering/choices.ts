import {
  type GateReport,
  SeveralGatesError,
  type WaitingGate,
  type WaitingGates,
} from '../../client.js';
import { normalName } from '../../domain/naming.js';
import { printable } from '../../domain/printable.js';
import { type AnswerCommand, VERB_RECORDS, verbOf } from '../../domain/verbs.js';
import { SluiceError } from '../../errors.js';
import { gateView } from '../view/gateView.js';
import { oneLine } from '../view/text.js';
import { isSilent, unknownText } from '../view/unknownWaits.js';

/** An answer as somebody types it: the command, and of `answer` what it says. */
export interface Answering {
  command: AnswerCommand;
  success?: boolean;
}

/** How many gates a message names. */
const MAX_LISTED = 20;

/** The gates that a command can answer. */
export function answerable<Gate extends { kind: string }>(
  { command }: Answering,
  gates: readonly Gate[],
): Gate[] {
  const { gate } = VERB_RECORDS[verbOf(command)];
  return gates.filter(({ kind }) => kind === gate);
}

/** Several gates of the deployment that is meant could be answered, so none was. */
export function severalGates(gates: readonly GateReport[], answering: Answering): SluiceError {
  const choices = gates.map((gate) => choice(gate, answering, gateView(gate).text));
  return new SeveralGatesError(
    gates,
    ['Several gates are open. Name the one you mean:', ...listed(choices)].join('\n'),
  );
}

/**
 * Several deployments run and none is named, so nothing was answered: the gates that could be meant,
 * and no others.
 */
export function noneNamed(
  { gates: open, unknown }: WaitingGates,
  answering: Answering,
  gate?: string,
): SluiceError {
  const gates = answerable(answering, open).filter(({ id }) => (gate ?? id) === id);
  if (gates.length === 0) {
    return nothingWaits(unknown, answering, gate === undefined ? '' : ` at ${gate}`);
  }
  const choices = gates.map((one) =>
    choice(one, answering, `${one.deployment.application}: ${gateView(one).text}`),
  );
  return new SeveralGatesError(
    gates,
    [
      'Several deployments run. Name the gate you mean:',
      ...listed(choices),
      ...unknown.map(unknownText),
    ].join('\n'),
  );
}

/**
 * Nothing is open that the command could answer, as far as that is known.
 *
 * @param what - the end of the sentence
 */
export function nothingWaits(
  unknown: WaitingGates['unknown'],
  { command }: Answering,
  what = '',
): SluiceError {
  const { nothing = '' } = VERB_RECORDS[verbOf(command)];
  const known = unknown.length === 0 ? '' : ', as far as is known';
  return new SluiceError(
    unknown.some(isSilent) ? 'unanswered' : 'notAccepted',
    [oneLine(`${nothing}${what}${known}.`), ...unknown.map(unknownText)].join('\n'),
  );
}

/** What `--all` means: all that can be answered, and of approvals those that the role may give. */
export function allMeant(
  answering: Answering,
  gates: readonly WaitingGate[],
  role: string | undefined,
): { meant: WaitingGate[]; left: WaitingGate[] } {
  const open = answerable(answering, gates);
  const given = role === undefined ? undefined : normalName(role);
  const isMeant = ({ roles }: WaitingGate) =>
    answering.command !== 'approve' ||
    roles === undefined ||
    roles.some((one) => normalName(one) === given);
  return { meant: open.filter(isMeant), left: open.filter((gate) => !isMeant(gate)) };
}

/** Which gate is left to others, and to whom. */
export function leftText({ id, roles = [], deployment }: WaitingGate): string {
  return (
    `${deployment.application}: ${id} is left. It has to be approved by the role ` +
    `${roles.join(' or ')}, which --role says.`
  );
}

/** The command that answers a gate, which names it and its deployment. */
export function commandOf({ answers }: GateReport, { command, success }: Answering): string {
  const signal = verbOf(command);
  const own = answers.find((one) => one.signal === signal && one.success === success);
  return printable(own?.sluice ?? own?.command ?? '');
}

function choice(gate: GateReport, answering: Answering, text: string): string {
  return `  ${oneLine(text)}\n    ${commandOf(gate, answering)}`;
}

function listed(choices: readonly string[]): string[] {
  const more = choices.length - MAX_LISTED;
  return [...choices.slice(0, MAX_LISTED), ...(more > 0 ? [`  and ${more} more`] : [])];
}
