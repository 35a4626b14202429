import {
  decisionText,
  GATE_KIND_OF,
  type GateVerb,
  NOTHING,
  targetOfGate,
  type Decision,
} from '../domain/gates.js';
import { asComment, type OperatorRequest } from '../domain/requests.js';
import { decided, type Gate } from './gates.js';
import { severalOpen, unclearReason } from './refusals.js';
import type { TargetRun } from './targetRun.js';

/** What a message brings about, or why it brings about nothing. */
export type Meaning = { act: () => string } | { ignored: string };

/**
 * What a message from outside means for a target as it is now. Nothing happens before `act` is
 * called, so that a service can be refused without a trace in the history.
 */
export function meaningOf(run: TargetRun, request: OperatorRequest): Meaning {
  const { verb } = request;
  const ignored = unclearReason(request);
  if (ignored !== undefined) return { ignored };
  if (verb === 'rollback') return readRollback(run, request);
  const isReason = request.loose === true && targetOfGate(request.gate ?? '') !== run.input.target;
  if (isReason) return meaningOf(run, asComment(request));
  const gates = gatesMeant(run, verb, request.gate);
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
      return { act: () => aboutRollback(run, request, gates.meant) };
  }
}

function gatesMeant(
  run: TargetRun,
  verb: GateVerb,
  gate: string | undefined,
): { meant: Gate[] } | { ignored: string } {
  const open = run.gates.ofKind(GATE_KIND_OF[verb]);
  if (gate !== undefined) {
    const meant = open.filter(({ id }) => id === gate);
    return meant.length > 0 ? { meant } : { ignored: notOpen(run, gate) };
  }
  if (open.length === 0) return { ignored: `${NOTHING[verb]} at ${run.input.target}.` };
  // A rejection of one gate of a list fails the list anyway.
  if (open.length === 1 || verb === 'reject') return { meant: open };
  return { ignored: severalOpen(open) };
}

function notOpen(run: TargetRun, gate: string): string {
  const last = run.gates.decisions.findLast((decision) => decision.gate === gate);
  const before = last === undefined ? '' : ` It ${decisionText({ ...last, gate: '' }).trim()}.`;
  return `No gate ${gate} is open.${before}`;
}

function readApproval(request: OperatorRequest, [gate]: Gate[]): Meaning {
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

function aboutRollback(run: TargetRun, request: OperatorRequest, gates: readonly Gate[]): string {
  const retries = request.verb === 'retry';
  run.gates.record(decided(retries ? 'retried' : 'abandoned', request, gates[0]?.id));
  if (retries) run.asked.retries += 1;
  else run.abandonStuck();
  return retries ? 'The rollback is tried again now.' : 'The rollback is given up.';
}

function readRollback(run: TargetRun, request: OperatorRequest): Meaning {
  const { target } = run.input;
  if (run.outcome !== undefined) return { ignored: `${target} has ended.` };
  if (run.goesBack) return { ignored: `${target} is rolling back already.` };
  return {
    act: () => {
      const decision = decided('rollback', request);
      run.gates.record(decision);
      run.stop({
        code: 'rollbackRequested',
        message: `${decisionText(decision)}.`,
        target,
      });
      return `${target} is rolled back.`;
    },
  };
}
