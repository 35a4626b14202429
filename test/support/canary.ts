import type { Plan, Step, TargetPlan } from '../../src/domain/plan.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { AliasState } from '../../src/domain/functions.js';
import { deployment } from './deployments.js';
import { EMPTY, MemoryLambda } from './memoryLambda.js';
import { untilOpen } from './operator.js';
import { outcomeOf } from './outcomes.js';
import { functionPlan, targetPlan } from './plans.js';
import type { WorkflowServer } from './workflowServer.js';

/** A function with an alias, and a canary of it that waits for a person at a quarter. */
export const functions = [functionPlan('f', { alias: 'live' })];
export const canary: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];

/** A deployment that runs, as a test acts on it. */
export interface Parts {
  plan: Plan;
  deployment: Awaited<ReturnType<WorkflowServer['start']>>;
  target: (name?: string) => ReturnType<WorkflowServer['target']>;
  lambda: MemoryLambda;
}

/** Waits until the target asks at a gate, and answers. */
export function answering(gate: string, answer: 'approve' | 'reject' | 'rollback') {
  return async ({ target }: Parts): Promise<void> => {
    await untilOpen(target(), gate);
    await target().signal(answer);
  };
}

/** What else is different in a test. */
interface Changes extends Partial<Plan> {
  /** Called before the deployment starts. */
  prepare?: (lambda: MemoryLambda) => void;
}

/** Starts a deployment, lets the test act, and gives the outcome of the target `prod`. */
export async function during(
  temporal: WorkflowServer,
  steps: Step[],
  act: (parts: Parts) => Promise<unknown>,
  targets: TargetPlan[] = [targetPlan('prod', { functions, strategy: 'canary' })],
  { prepare = () => undefined, ...changes }: Changes = {},
): Promise<{ outcome: TargetOutcome; lambda: MemoryLambda }> {
  const lambda = lambdaWithFunctions();
  prepare(lambda);
  const plan = { ...deployment(...targets), strategies: { canary: { steps } }, ...changes };
  const outcome = await temporal.with(lambda, async () => {
    const handle = await temporal.start(plan);
    const target = (name = 'prod') => temporal.target(plan, name);
    await act({ plan, deployment: handle, target, lambda });
    await outcomeOf(handle);
    return temporal.targetOutcome(plan, 'prod');
  });
  return { outcome, lambda };
}

/** `f` has an alias, `h` has none. */
export function lambdaWithFunctions(): MemoryLambda {
  const lambda = new MemoryLambda();
  lambda.put('f', EMPTY, 'live');
  lambda.put('h', EMPTY);
  return lambda;
}

export function aliasOf(lambda: MemoryLambda): AliasState | undefined {
  return lambda.get('f').aliases.get('live');
}
