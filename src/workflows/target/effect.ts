import {
  decisionText,
  GATE_KIND_OF,
  type GateVerb,
  NOTHING,
  targetOfGate,
  type Decision,
} from '../../domain/gates.js';
import { asComment, type OperatorRequest } from '../../domain/requests.js';
import { decided, type Gate } from '../state/gates.js';
import { severalOpen, unclearReason } from '../temporal/refusals.js';
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
  const gates = gatesMeant(target, verb, request.gate);
  if ('ignored' in gates) return gates;
  switch (verb) {
    case 'approve':
      return readApproval(request, gates.meant);
    case 'reject':
      return { act: () => decide(gates.meant, 'rejected', request) };
    case 'webhookCallback': {
      const decision = request.success === true ? 'succeeded' : 'failed';
      return { act: () => decide(gates.meant, decision, request) };
    }
    case 'skipPause':
      return { act: () => decide(gates.meant, 'skipped', request) };
    case 'retry':
    case 'abandon':
      return { act: () => aboutRollback(target, request, gates.meant) };
  }
}

function gatesMeant(
  target: TargetState,
  verb: GateVerb,
  gate: string | undefined,
): { meant: Gate[] } | { ignored: string } {
  const open = target.gates.ofKind(GATE_KIND_OF[verb]);
  if (gate !== undefined) {
    const meant = open.filter(({ id }) => id === gate);
    return meant.length > 0 ? { meant } : { ignored: notOpen(target, gate) };
  }
  if (open.length === 0) return { ignored: `${NOTHING[verb]} at ${target.name}.` };
  // A rejection of one gate of a list fails the list anyway.
  if (open.length === 1 || verb === 'reject') return { meant: open };
  return { ignored: severalOpen(open) };
}

function notOpen(target: TargetState, gate: string): string {
  const last = target.gates.decisions.findLast((decision) => decision.gate === gate);
  const before = last === undefined ? '' : ` It ${decisionText({ ...last, gate: '' }).trim()}.`;
  return `No gate ${gate} is open.${before}`;
}

function readApproval(request: OperatorRequest, [gate]: Gate[]): Effect {
  const roles = gate?.roles;
  if (roles !== undefined && !roles.includes(request.role ?? '')) {
    const given = request.role === undefined ? '' : ` It came from the role ${request.role}.`;
    const needed = roles.join(' or ');
    return { ignored: `${gate?.id ?? ''} has to be approved by the role ${needed}.${given}` };
  }
  return { act: () => decide(gate === undefined ? [] : [gate], 'approved', request) };
}

/**
 * A rejection replaces an approval that nobody has acted on yet, never the other way round. Of the
 * callbacks the first counts.
 */
function decide(
  gates: readonly Gate[],
  decision: Decision['decision'],
  request: OperatorRequest,
): string {
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
  target.gates.record(decided(retries ? 'retried' : 'abandoned', request, gates[0]?.id));
  if (retries) target.asked.retries += 1;
  else target.abandonStuck();
  return retries ? 'The rollback is tried again now.' : 'The rollback is given up.';
}

function readRollback(target: TargetState, request: OperatorRequest): Effect {
  if (target.outcome !== undefined) return { ignored: `${target.name} has ended.` };
  if (target.goesBack) return { ignored: `${target.name} is rolling back already.` };
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
