import type { GateReport } from '../../client/report.js';
import { defined } from '../../domain/defined.js';
import type { OpenGate } from '../../domain/gates.js';
import { VERB_RECORDS } from '../../domain/verbs.js';
import type { GateView } from './model.js';
import { momentText } from './words.js';

/** What is waited for at a gate, until when, and how to answer. */
export function gateView(gate: GateReport): GateView {
  const { id, deadline, answers } = gate;
  const until = deadline === undefined ? '' : ` until ${momentText(deadline)}`;
  return {
    text: `${id} ${waitText(gate)}${until}`,
    ...defined({ deadline }),
    answers: answers.map(({ signal, success, command, sluice }) => ({
      purpose: `${VERB_RECORDS[signal].purpose}${outcomeText(success)}`,
      command: sluice ?? command,
    })),
  };
}

function outcomeText(success: boolean | undefined): string {
  if (success === undefined) return '';
  return success ? ', that it succeeded' : ', that it failed';
}

/** What is waited for at a gate, as the rest of a sentence that begins with it. */
export function waitText({ kind, roles, about }: OpenGate): string {
  switch (kind) {
    case 'approval':
      return `waits for an approval${roles === undefined ? '' : ` by ${roles.join(' or ')}`}`;
    case 'pause':
      return 'pauses';
    case 'callback':
      return `waits for ${about ?? 'a callback'}`;
    case 'stuckRollback':
      return 'is stuck, and tried again by itself';
    default:
      return 'is open';
  }
}
