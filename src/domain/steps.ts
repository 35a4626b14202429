import type { Plan, QueryUse, Step, TargetPlan } from './plan.js';

type Strategies = Pick<Plan, 'strategies'>;

/** The steps between a target's first write and its promotion. */
export function strategySteps({ strategies }: Strategies, target: TargetPlan): Step[] {
  return strategies[target.strategy]?.steps ?? [];
}

/** All steps of a target. */
export function stepsOfTarget(plan: Strategies, target: TargetPlan): Step[] {
  const { beforeDeployment, afterDeployment } = target;
  return [...beforeDeployment, ...strategySteps(plan, target), ...afterDeployment];
}

/** All steps that some target has; those of a strategy once, however many targets have it. */
export function stepsOfPlan({ targets, strategies }: Pick<Plan, 'targets' | 'strategies'>): Step[] {
  const used = new Set(targets.map(({ strategy }) => strategy));
  return [
    ...targets.flatMap((target) => [...target.beforeDeployment, ...target.afterDeployment]),
    ...[...used].flatMap((name) => strategies[name]?.steps ?? []),
  ];
}

/** The names of the webhooks that steps run. */
export function webhooksIn(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => (step.type === 'runWebhook' ? [step.webhook] : []));
}

/** The queries that steps run. */
export function queriesIn(steps: readonly Step[]): QueryUse[] {
  return steps.flatMap((step) => (step.type === 'analysis' ? step.queries : []));
}
