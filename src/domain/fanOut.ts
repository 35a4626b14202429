import { secretNamesOf } from './environmentTemplates.js';
import { MAX_FILLED } from './filling.js';
import type { FunctionPlan, Plan, Step, TargetPlan } from './plan.js';
import { isSending, StepCosts } from './stepCosts.js';
import { stepsOfTarget, strategySteps } from './steps.js';
import { jsonBytes, sum } from './weighed.js';

/**
 * The most that a target may send to its activities in one moment, in bytes: what one workflow task
 * brings about is one message to Temporal, which takes 4 MiB and otherwise terminates the workflow.
 */
export const MAX_AT_ONCE_BYTES = 2 * 1024 * 1024;

/**
 * The most that all targets may be started with, in bytes: it stands in the history of the
 * deployment, which Temporal terminates when that has 50 MB.
 */
export const MAX_STARTED_BYTES = 20 * 1024 * 1024;

/** What a target's workflow is started with at most beside its steps and functions, in bytes. */
const TARGET_BYTES = 4096;

/** What a package has more once it is pinned, in bytes. */
const PINNED_BYTES = 2048;

/** What of a plan would be too much while it is deployed. */
export interface TooMuchWork {
  /** The target that would send it; absent when it is about all of them. */
  target?: TargetPlan;
  /** A sentence. */
  message: string;
  remedy: string;
}

/** The first thing of a plan that Temporal would not take while it is deployed, or undefined. */
export function tooMuchWork(plan: Plan): TooMuchWork | undefined {
  const costs = new StepCosts(plan);
  const checked = new Set<Step>();
  for (const target of plan.targets) {
    for (const step of stepsOfTarget(plan, target)) {
      if (checked.has(step)) continue;
      checked.add(step);
      const problem = tooLong(costs, step);
      if (problem !== undefined) return { target, ...problem };
    }
    const moment = momentsOf(plan, target).find(
      ({ steps }) => sum(steps.map((step) => costs.at(target, step))) > MAX_AT_ONCE_BYTES,
    );
    if (moment !== undefined) return tooMuchAtOnce(target, moment);
  }
  const bytes = sum(plan.targets.map((target) => startedWith(plan, target, costs)));
  return bytes > MAX_STARTED_BYTES ? tooMuchStarted(bytes) : undefined;
}

/** Steps that run side by side. */
interface Moment {
  what: string;
  steps: readonly Step[];
}

function momentsOf(plan: Plan, target: TargetPlan): Moment[] {
  return [
    { what: 'the steps of beforeDeployment', steps: target.beforeDeployment },
    ...strategySteps(plan, target).map((step, index) => ({
      what: `step ${index + 1} of the strategy`,
      steps: [step],
    })),
    { what: 'the steps of afterDeployment', steps: target.afterDeployment },
  ];
}

function tooLong(costs: StepCosts, step: Step): Omit<TooMuchWork, 'target'> | undefined {
  if (!isSending(step)) return undefined;
  const long = costs.usedBy(step).find((one) => costs.filledLength(one, step) > MAX_FILLED);
  return (
    long && {
      message: `Filled in, ${long.what} has more than ${MAX_FILLED} characters.`,
      remedy: 'Give its variables shorter values, or use fewer.',
    }
  );
}

function tooMuchAtOnce(target: TargetPlan, { what }: Moment): TooMuchWork {
  return {
    target,
    message: `At the target ${target.name}, ${what} would send more than ${MAX_AT_ONCE_BYTES / 1024 / 1024} MiB to Temporal in one moment.`,
    remedy: 'Use shorter templates and values, or fewer steps side by side.',
  };
}

function tooMuchStarted(bytes: number): TooMuchWork {
  const mebibytes = (size: number) => Math.ceil(size / 1024 / 1024);
  return {
    message: `Its targets would be started with ${mebibytes(bytes)} MiB together, and the most that Temporal keeps of a deployment is ${mebibytes(MAX_STARTED_BYTES)} MiB.`,
    remedy: 'Split it into several deployments, or use shorter templates and values.',
  };
}

/** The version of a secret has at most 64 characters. */
function secretVersionBytes({ settings }: FunctionPlan): number {
  return sum(secretNamesOf(settings.environment).map((name) => name.length + 80));
}

function startedWith(plan: Plan, target: TargetPlan, costs: StepCosts): number {
  const { account, functions, restores, beforeDeployment, afterDeployment } = target;
  const lists = [beforeDeployment, strategySteps(plan, target), afterDeployment];
  return (
    TARGET_BYTES +
    PINNED_BYTES * functions.length +
    sum(functions.map(secretVersionBytes)) +
    jsonBytes([account, functions, restores]) +
    sum(lists.map((steps) => costs.ofList(steps)))
  );
}
