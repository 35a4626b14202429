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
    text: `${id} ${whatFor(gate)}${until}`,
    ...defined({ deadline }),
    answers: answers.map(({ signal, command, sluice }) => ({
      purpose: VERB_RECORDS[signal].purpose,
      command: sluice ?? command,
    })),
  };
}

function whatFor({ kind, roles, about }: OpenGate): string {
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
