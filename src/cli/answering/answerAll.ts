import type { GateOptions, WaitingGate, WaitingGates } from '../../client.js';
import { sideBySide } from '../../domain/sideBySide.js';
import { terminal } from '../../domain/terminalText.js';
import { SluiceError } from '../../errors.js';
import type { Connected } from '../commands/connected.js';
import type { Console } from '../console.js';
import { type ExitReason, exitReasonOfError } from '../exitCodes.js';
import { confirmed } from '../prompt/confirmed.js';
import type { Keyboard } from '../prompt/keyboard.js';
import { isSilent } from '../view/unknownWaits.js';
import { named, type Which } from '../which.js';
import { allMeant, type Answering, leftText, nothingWaits } from './choices.js';
import { type Attempt, failuresIn, type NotAnswered } from './notAnswered.js';
import { send } from './send.js';

/** How many gates are answered at once. */
const AT_ONCE = 10;

/** What somebody wants all gates to be answered with. */
export interface AnsweringAll extends Answering {
  which: Which;
  /** Who says so, and why. */
  said: GateOptions;
  /** Of whom it is asked first; of nobody when they said yes already. */
  keyboard: Keyboard | undefined;
}

/**
 * The keyboard of somebody who can be asked before everything is answered.
 *
 * @throws SluiceError `invalidArguments` when there is nobody
 */
export function somebodyToAsk({ keyboard }: Console, output: string): Keyboard {
  if (keyboard !== undefined && output === 'text') return keyboard;
  throw new SluiceError(
    'invalidArguments',
    '--all asks a person at a terminal first, and here is none to ask. To answer all that waits ' +
      'without a question, add --yes; `sluice deploy list --waiting` shows what that is.',
  );
}

/** Answers every gate that waits for such an answer, and says of each what came of it. */
export async function answerAll(
  connected: Connected,
  { which, said, keyboard, ...answering }: AnsweringAll,
  console: Console,
): Promise<ExitReason> {
  const { sluice, presenter } = connected;
  const { gates, unknown } = await sluice.gates(await named(sluice, which));
  const { meant, left } = allMeant(answering, gates, said.role);
  for (const gate of left) presenter.notice({ text: leftText(gate), once: true });
  if (meant.length === 0) throw nothingWaits(unknown, answering, whoseText(left, said.role));
  presenter.unknownWaits(unknown);
  if (keyboard !== undefined) {
    presenter.gates(meant, answering);
    const question = questionOf(answering, meant.length);
    const goesOn = await confirmed(question, keyboard, (text) => console.err(text));
    if (!goesOn) {
      console.err(terminal`Nothing was answered.\n`);
      return 'cancelled';
    }
  }
  const failures = await answerEach(connected, answering, meant, said);
  return endOf(failures, unknown);
}

/** @returns those that were not answered */
async function answerEach(
  { sluice, presenter }: Connected,
  answering: Answering,
  gates: readonly WaitingGate[],
  said: GateOptions,
): Promise<NotAnswered[]> {
  const attempts = await sideBySide(gates, AT_ONCE, async (gate): Promise<Attempt> => {
    const { application, runId } = gate.deployment;
    const options = { ...said, runId, gate: gate.id };
    try {
      return { gate, answered: await send(sluice, answering, application, options) };
    } catch (error) {
      return { gate, error };
    }
  });
  for (const one of attempts) if ('answered' in one) presenter.answered(one.answered);
  const failures = failuresIn(attempts, answering);
  for (const failure of failures) presenter.notAnswered(failure);
  return failures;
}

function whoseText(left: readonly WaitingGate[], role: string | undefined): string {
  if (left.length === 0) return '';
  return role === undefined ? ' that needs no role' : ` by the role ${role}`;
}

function questionOf({ command, success }: Answering, count: number): string {
  const which = count === 1 ? 'this one' : `these ${count}`;
  const outcome = success === true ? ' with success' : ' with failure';
  return `${command} ${which}${success === undefined ? '' : outcome}?`;
}

/** Whoever answers everything has to know that something may still wait. */
function endOf(failures: readonly NotAnswered[], unknown: WaitingGates['unknown']): ExitReason {
  const reasons = failures.map(({ code }) =>
    code === 'internal' ? code : exitReasonOfError(code),
  );
  if (reasons.includes('internal')) return 'internal';
  if (reasons.includes('unreachable') || unknown.some(isSilent)) return 'unreachable';
  return reasons[0] ?? 'succeeded';
}
