import { gateId, rollbackGateId, type Decision } from '../../../src/domain/gates.js';
import { succeeded, type TargetOutcome } from '../../../src/domain/outcomes.js';
import type { AfterStep, Step, TargetPlan } from '../../../src/domain/plan.js';
import { LATEST, type AliasShape } from '../../../src/domain/functions.js';
import type { Call } from './calls.js';
import type { Played } from './stage.js';

/** Where something happened in another order than the plan has. */
export function wrongSequences(played: Played): string[] {
  return played.scenario.plan.targets.flatMap((target) =>
    [
      ...startedTooEarly(played, target),
      ...wentOnAfterRefusal(played, target),
      ...skippedSteps(played, target),
      ...wrongTraffic(played, target),
      ...releasedTooEarly(played, target),
      ...strangers(played, target),
    ].map((text) => `${target.name}: ${text}`),
  );
}

/** A target runs only after what it depends on has succeeded. */
function startedTooEarly({ summaries, outcomes, calls }: Played, target: TargetPlan): string[] {
  const outcome = outcomes.get(target.name);
  if (outcome === undefined) {
    const ran = calls.some(({ input }) => input.target === target.name);
    return ran ? ['it ran, and its deployment does not know'] : [];
  }
  return target.dependsOn.flatMap((name) => {
    const summary = summaries.find((one) => one.name === name);
    if (summary?.status === undefined) return [`it ran, and ${name} has no status`];
    const { status, failure, endedAt = '' } = summary;
    const good = succeeded({ status, ...(failure !== undefined && { failure }) });
    if (!good) return [`it ran, although ${name} did not succeed`];
    return endedAt <= outcome.startedAt ? [] : [`it ran before ${name} had ended`];
  });
}

/** What was rejected, or not approved in time, is the end of the way forward. */
function wentOnAfterRefusal({ outcomes, calls }: Played, target: TargetPlan): string[] {
  const refusals = outcomes
    .get(target.name)
    ?.decisions.filter(({ decision }) => decision === 'rejected' || decision === 'expired');
  return (refusals ?? []).flatMap(({ gate = '', decision, at }) =>
    calls
      .filter((call) => isForward(call, target) && call.at > Date.parse(at))
      .map(({ activity }) => `${activity} was called after ${gate} was ${decision}`),
  );
}

/** What a target is at its end is read whichever way it went. */
function isForward({ activity, input }: Call, { name }: TargetPlan): boolean {
  return input.target === name && input.rollback !== true && activity !== 'readBack';
}

/** Who deployed without a failure has done every step, and had every approval. */
function skippedSteps(played: Played, target: TargetPlan): string[] {
  const outcome = played.outcomes.get(target.name);
  if (outcome === undefined || outcome.failure !== undefined) return [];
  const steps = outcome.status === 'deployed' ? strategyOf(played, target) : [];
  const lists = { before: target.beforeDeployment, steps, after: target.afterDeployment };
  return (['before', 'steps', 'after'] as const).flatMap((list) =>
    lists[list].flatMap((step, index) => {
      const gate = gateId(target.name, list, index + 1);
      return wasDone(played, outcome, gate, step) ? [] : [`nobody passed ${gate}`];
    }),
  );
}

function wasDone(
  { calls }: Played,
  { decisions }: TargetOutcome,
  gate: string,
  step: Step,
): boolean {
  switch (step.type) {
    case 'approval': {
      const made = decisions.filter((one) => one.gate === gate);
      const roles = step.requiresRoles;
      const [only] = made;
      const allowed = roles === undefined || roles.includes(only?.role ?? '');
      return made.length === 1 && only?.decision === 'approved' && allowed;
    }
    case 'runWebhook':
      if (step.webhook === 'asks') {
        const made = decisions.filter((one) => one.gate === gate);
        return made.length === 1 && made[0]?.decision === 'succeeded';
      }
      return calls.some(({ input, succeeded: ended }) => input.gate === gate && ended);
    case 'analysis':
      return calls.some(({ input, succeeded: ended }) => input.gate === gate && ended);
    default:
      return true;
  }
}

/** The old version is the alias's primary until the promotion, and the weights are the plan's. */
function wrongTraffic(played: Played, target: TargetPlan): string[] {
  return target.functions.flatMap(({ name, alias = '' }) => {
    const before = played.before.get(name)?.aliases.get(alias)?.version;
    const shapes = played.calls
      .filter((call) => isForward(call, target) && call.activity === 'updateAlias')
      .filter(({ input }) => input.function === name)
      .map(({ input }) => (input as unknown as { shape: AliasShape }).shape);
    // One that serves $LATEST is pointed at a version of that first, as by a weight of nothing.
    const isOnLatest = before === LATEST;
    const primary = isOnLatest ? shapes[0]?.version : before;
    const steps = [...(isOnLatest ? [NOTHING] : []), ...strategyOf(played, target)];
    const isPromotion = (shape: AliasShape): boolean =>
      shape.version !== primary && Object.keys(shape.weights).length === 0;
    const first = shapes.findIndex(isPromotion);
    const shifts = first === -1 ? shapes : shapes.slice(0, first);
    const wrong = shifts.filter(({ version }) => version !== primary);
    const after = first === -1 ? [] : shapes.slice(first).filter((one) => !isPromotion(one));
    return [
      ...wrong.map((shape) => `${name} was given ${JSON.stringify(shape)}`),
      ...after.map((shape) => `${name} was given ${JSON.stringify(shape)} after the promotion`),
      ...wrongWeights(steps, shifts).map((text) => `${name}: ${text}`),
    ];
  });
}

const NOTHING: Step = { type: 'setWeight', weight: 0 };

function wrongWeights(steps: readonly Step[], shapes: readonly AliasShape[]): string[] {
  const given = withoutRepeats(
    shapes.map(({ weights }) => Math.round((Object.values(weights)[0] ?? 0) * 100)),
  );
  const planned = withoutRepeats(
    steps.flatMap((step) => (step.type === 'setWeight' ? step.weight : [])),
  );
  // A promotion to the version that is the primary already looks like a weight of nothing.
  const asked = given.at(-1) === 0 ? given.slice(0, -1) : given;
  const expected = planned.slice(0, asked.length);
  return asked.join() === expected.join() ? [] : [`its weights were ${given.join(', ')}`];
}

function withoutRepeats(weights: number[]): number[] {
  return weights.filter((weight, index) => weight !== weights[index - 1]);
}

/** Nothing is written before the constraints are met. */
function releasedTooEarly({ outcomes, calls }: Played, target: TargetPlan): string[] {
  const decisions = outcomes.get(target.name)?.decisions ?? [];
  const early = decisions.filter(
    ({ gate, decision }) =>
      decision === 'approved' && gate?.startsWith(`${target.name}/before/`) === true,
  );
  const last = Math.max(0, ...early.map(({ at }) => Date.parse(at)));
  return calls
    .filter((call) => isForward(call, target) && call.input.gate === undefined && call.at < last)
    .map(({ activity }) => `${activity} was called before the constraints were met`);
}

/** Decisions are about gates that there are, and of a kind that they can have. */
function strangers(played: Played, target: TargetPlan): string[] {
  const decisions = played.outcomes.get(target.name)?.decisions ?? [];
  const approvals = gatesOf(played, target, 'approval');
  const pauses = gatesOf(played, target, 'pause');
  const webhooks = gatesOf(played, target, 'runWebhook');
  const gates: Record<Decision['decision'], readonly (string | undefined)[]> = {
    approved: approvals,
    rejected: approvals,
    expired: approvals,
    skipped: pauses,
    succeeded: webhooks,
    failed: webhooks,
    rollback: [undefined],
    // Of the deployment, not of a target.
    cancelled: [],
    retried: [rollbackGateId(target.name)],
    abandoned: [rollbackGateId(target.name)],
  };
  return decisions
    .filter(({ decision, gate }) => !gates[decision].includes(gate))
    .map((decision) => `nothing can be decided like ${JSON.stringify(decision)}`);
}

function gatesOf(played: Played, target: TargetPlan, type: AfterStep['type']): string[] {
  const { beforeDeployment: before, afterDeployment: after } = target;
  const lists = { before, steps: strategyOf(played, target), after };
  return (['before', 'steps', 'after'] as const).flatMap((list) =>
    lists[list].flatMap((step, index) =>
      step.type === type ? gateId(target.name, list, index + 1) : [],
    ),
  );
}

function strategyOf({ scenario }: Played, { strategy }: TargetPlan): Step[] {
  return scenario.plan.strategies[strategy]?.steps ?? [];
}
