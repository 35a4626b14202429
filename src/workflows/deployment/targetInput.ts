import type { PinnedPackage } from '../../domain/packages.js';
import type { Plan, TargetPlan } from '../../domain/plan.js';
import { queriesIn, stepsOfTarget, webhooksIn } from '../../domain/steps.js';
import type { TargetInput } from '../../domain/target.js';
import { templatesIn, valuesUsed } from '../../domain/templateUses.js';
import type { DeploymentState } from './deploymentState.js';

/**
 * What a target's workflow is started with: its part of the plan, written out.
 *
 * @param packages - in the order of the target's functions
 */
export function targetInput(
  { plan, knowsGates }: DeploymentState,
  target: TargetPlan,
  packages: PinnedPackage[],
): TargetInput {
  return {
    schemaVersion: 1,
    deploymentId: plan.deploymentId,
    application: plan.application,
    target: target.name,
    account: target.account,
    deployRoleArn: target.deployRoleArn,
    region: target.region,
    timeoutMs: plan.timeoutMs,
    beforeDeployment: target.beforeDeployment,
    strategy: plan.strategies[target.strategy] ?? { steps: [] },
    afterDeployment: target.afterDeployment,
    announcesGates: knowsGates,
    ...outsideOf(plan, target),
    functions: [
      ...target.functions.map((one, index) => ({
        plan: one,
        package: packages[index] as PinnedPackage,
      })),
      ...(target.restores ?? []).map((one) => ({ plan: one })),
    ],
  };
}

/** The webhooks and queries that a target's steps name, and what these need of the context. */
function outsideOf(
  plan: Plan,
  target: TargetPlan,
): Pick<TargetInput, 'context' | 'webhooks' | 'queries'> {
  const steps = stepsOfTarget(plan, target);
  const webhooks = pick(plan.webhooks, webhooksIn(steps));
  const queries = pick(
    plan.queries,
    queriesIn(steps).map(({ query }) => query),
  );
  const templates = [
    ...Object.values(webhooks).flatMap(templatesIn),
    ...Object.values(queries).map(({ template }) => template),
  ];
  return { context: valuesUsed('context', templates, plan.context), webhooks, queries };
}

function pick<Value>(all: Record<string, Value>, names: readonly string[]): Record<string, Value> {
  const entries = names.map((name) => [name, all[name]] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Value] => entry[1] !== undefined),
  );
}
