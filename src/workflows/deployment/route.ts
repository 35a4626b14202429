import { targetOfGate } from '../../domain/gates.js';
import { asComment, type OperatorRequest, unclearReason } from '../../domain/requests.js';
import { gatesMeant, type GateVerb, severalOpen } from '../../domain/verbs.js';
import type { DeploymentState } from './deploymentState.js';

/** A message, and the target that it is for. */
export interface Delivery {
  target: string;
  request: OperatorRequest;
}

/** `forAll`: everything that has not ended is meant. */
export type Route = { deliveries: Delivery[]; forAll?: true } | { ignored: string };

/** Where a message goes, or why it goes nowhere. */
export function routeOf(deployment: DeploymentState, request: OperatorRequest): Route {
  const { verb, gate } = request;
  const ignored = unclearReason(request);
  if (ignored !== undefined) return { ignored };
  const target = request.target ?? (gate === undefined ? undefined : targetOfGate(gate));
  // It only looks like a gate's id: no target has that name, so it is a comment.
  const isReason = request.loose === true && target !== undefined && !deployment.has(target);
  if (isReason) return routeOf(deployment, asComment(request));
  if (gate !== undefined && target === undefined) return { ignored: `${gate} is no gate.` };
  if (target !== undefined) return routeTo(deployment, target, request);
  return verb === 'rollback' ? toAllLeft(deployment, request) : toWhoWaits(deployment, request);
}

function routeTo(deployment: DeploymentState, target: string, request: OperatorRequest): Route {
  if (!deployment.has(target)) return { ignored: `There is no target ${target}.` };
  if (deployment.outcomes.has(target)) return { ignored: `${target} has ended.` };
  if (deployment.running.has(target) || request.verb === 'rollback') {
    return { deliveries: [{ target, request }] };
  }
  return { ignored: `${target} has not started.` };
}

function toAllLeft(deployment: DeploymentState, request: OperatorRequest): Route {
  const left = deployment.plan.targets.filter(({ name }) => !deployment.outcomes.has(name));
  if (left.length === 0) return { ignored: 'Every target has ended.' };
  return { deliveries: left.map(({ name }) => ({ target: name, request })), forAll: true };
}

/** With one gate open no name is needed. A rejection is for everything that could be meant. */
function toWhoWaits(deployment: DeploymentState, request: OperatorRequest): Route {
  const verb = request.verb as GateVerb;
  const found = gatesMeant(verb, deployment.gates);
  if ('meant' in found) {
    return {
      deliveries: found.meant.flatMap(({ id }) => {
        const target = targetOfGate(id);
        return target === undefined ? [] : [{ target, request: { ...request, gate: id } }];
      }),
    };
  }
  if ('several' in found) return { ignored: severalOpen(found.several) };
  // The only target that runs knows best, also about what has not been announced yet.
  const [only, ...others] = deployment.running.keys();
  if (only !== undefined && others.length === 0) return { deliveries: [{ target: only, request }] };
  return {
    ignored: deployment.knowsGates
      ? `${found.none}.`
      : 'Name the gate: its id begins with the target.',
  };
}
