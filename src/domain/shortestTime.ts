import { withoutPausesAfterWeights } from './firstDeployment.js';
import { releasesAfter, startOrder } from './order.js';
import type { AfterStep, Plan, Step, TargetPlan } from './plan.js';
import { strategySteps } from './steps.js';

/** When a target can start and end at the earliest, in milliseconds from the deployment's start. */
export interface Span {
  startMs: number;
  endMs: number;
}

/**
 * The shortest time that each target can take: the pauses and analyses of its plan, when everything
 * else takes no time at all.
 *
 * @param isFirst - whether nothing serves traffic yet, at any target
 */
export function shortestTimes(plan: Plan, isFirst = false): Map<string, Span> {
  const after = releasesAfter(plan.targets);
  const spans = new Map<string, Span>();
  for (const target of startOrder(plan.targets)) {
    const previous = [...target.dependsOn, ...(after.get(target.name) ?? [])];
    const startMs = longest(previous.map((name) => spans.get(name)?.endMs ?? 0));
    spans.set(target.name, { startMs, endMs: startMs + workMs(plan, target, isFirst) });
  }
  return spans;
}

/** The steps of a constraint run side by side, those of a strategy one after the other. */
function workMs(plan: Plan, target: TargetPlan, isFirst: boolean): number {
  const steps = strategySteps(plan, target);
  const taken = isFirst ? withoutPausesAfterWeights(steps) : steps;
  return (
    longest(target.beforeDeployment.map(waitMs)) +
    taken.map(waitMs).reduce((sum, ms) => sum + ms, 0) +
    longest(target.afterDeployment.map(waitMs))
  );
}

/** How long a step waits although everything goes well and everybody answers at once. */
function waitMs(step: Step | AfterStep): number {
  if (step.type === 'pause') return step.durationMs;
  if (step.type === 'analysis') return step.intervalMs * step.runs;
  return 0;
}

function longest(times: readonly number[]): number {
  return times.reduce((most, ms) => Math.max(most, ms), 0);
}
