import { decisionText, targetOfGate } from '../../domain/gates.js';
import { normalName } from '../../domain/naming.js';
import { asComment, type OperatorRequest, unclearReason } from '../../domain/requests.js';
import { decisionOf, gatesMeant, type GateVerb, severalOpen } from '../../domain/verbs.js';
import { decided, type Gate } from '../state/gates.js';
import type { TargetState } from '../state/targetState.js';

/** What a message brings about, or why it brings about nothing. */
export type Effect = { act: () => string } | { ignored: string };

/**
 * What a message from outside means for a target as it is now. Nothing happens before `act` is
 * called, so that a service can be refused without a trace in the history.
 */
export function effectOf(target: TargetState, request: OperatorRequest): Effect {
  const { verb } = request;
  const ignored = unclearReason(request);
  if (ignored !== undefined) return { ignored };
  if (verb === 'rollback') return readRollback(target, request);
  const isReason = request.loose === true && targetOfGate(request.gate ?? '') !== target.name;
  if (isReason) return effectOf(target, asComment(request));
  const gates = gatesFor(target, verb, request.gate);
  if ('ignored' in gates) return gates;
  switch (verb) {
    case 'approve':
      return readApproval(request, gates.meant);
    case 'reject':
    case 'webhookCallback':
    case 'skipPause':
      return { act: () => decide(gates.meant, request) };
    case 'retry':
    case 'abandon':
      return { act: () => aboutRollback(target, request, gates.meant) };
  }
}

function gatesFor(
  target: TargetState,
  verb: GateVerb,
  gate: string | undefined,
): { meant: [Gate, ...Gate[]] } | { ignored: string } {
  const { waiting } = target.gates;
  const found = gatesMeant(
    verb,
    gate === undefined ? waiting : waiting.filter(({ id }) => id === gate),
  );
  if ('meant' in found) return found;
  if ('several' in found) return { ignored: severalOpen(found.several) };
  return {
    ignored: gate === undefined ? `${found.none} at ${target.name}.` : notOpen(target, gate),
  };
}

function notOpen(target: TargetState, gate: string): string {
  const last = target.gates.decisions.findLast((decision) => decision.gate === gate);
  const before = last === undefined ? '' : ` It ${decisionText({ ...last, gate: '' }).trim()}.`;
  return `No gate ${gate} is open.${before}`;
}

function readApproval(request: OperatorRequest, [gate]: [Gate, ...Gate[]]): Effect {
  const { roles } = gate;
  if (roles !== undefined && !roles.map(normalName).includes(request.role ?? '')) {
    const given = request.role === undefined ? '' : ` It came from the role ${request.role}.`;
    const needed = roles.join(' or ');
    return { ignored: `${gate.id} has to be approved by the role ${needed}.${given}` };
  }
  return { act: () => decide([gate], request) };
}

/**
 * A rejection replaces an approval that nobody has acted on yet, never the other way round. Of the
 * callbacks the first counts.
 */
function decide(gates: readonly Gate[], request: OperatorRequest): string {
  const decision = decisionOf(request.verb, request.success);
  for (const gate of gates) {
    if (gate.decision?.decision === 'rejected') continue;
    if (gate.kind === 'callback' && gate.decision !== undefined) continue;
    gate.decision = decided(decision, request, gate.id);
  }
  // What was decided in the same moment before may stand.
  return gates.map((gate) => `${gate.id}: ${gate.decision?.decision ?? decision}`).join(', ');
}

function aboutRollback(
  target: TargetState,
  request: OperatorRequest,
  gates: readonly Gate[],
): string {
  const retries = request.verb === 'retry';
  target.gates.record(decided(decisionOf(request.verb), request, gates[0]?.id));
  if (retries) target.asked.retries += 1;
  else target.abandonStuck();
  return retries ? 'The rollback is tried again now.' : 'The rollback is given up.';
}

function readRollback(target: TargetState, request: OperatorRequest): Effect {
  if (target.outcome !== undefined) return { ignored: `${target.name} has ended.` };
  if (target.isRollingBack) return { ignored: `${target.name} is rolling back already.` };
  if (target.work === undefined) {
    return { ignored: `${target.name} is about to end. Ask for the rollback when it has.` };
  }
  return {
    act: () => {
      const decision = decided('rollback', request);
      target.gates.record(decision);
      target.stop({
        code: 'rollbackRequested',
        message: `${decisionText(decision)}.`,
        target: target.name,
      });
      return `${target.name} is rolled back.`;
    },
  };
}
