import type { FunctionPlan, Step } from '../../src/domain/plan.js';
import { during, type Parts } from './canary.js';
import type { MemoryLambda } from './memoryLambda.js';
import { functionPlan, targetPlan } from './plans.js';
import type { WorkflowServer } from './workflowServer.js';

/** What a test does beside starting a deployment. */
interface Doing {
  steps?: Step[];
  act?: (parts: Parts) => Promise<unknown>;
  /** Called before the deployment starts. */
  prepare?: (lambda: MemoryLambda) => void;
  /** Whether the target waits for a person once everything is promoted, at `prod/after/1`. */
  waitsAfter?: boolean;
}

/** Deploys `f`, whose alias serves version 1, with a plan that says this of it. */
export function deploying(
  temporal: WorkflowServer,
  changes: Partial<FunctionPlan>,
  { steps = [], act = () => Promise.resolve(), prepare, waitsAfter = false }: Doing = {},
) {
  const functions = [functionPlan('f', { alias: 'live', ...changes })];
  const target = targetPlan('prod', {
    functions,
    strategy: 'canary',
    ...(waitsAfter && { afterDeployment: [{ type: 'approval' }] }),
  });
  return during(temporal, steps, act, [target], prepare && { prepare });
}

/** Gives versions or aliases of `f` so much provisioned concurrency, and others none. */
export const provisioning =
  (environments: Record<string, number>) =>
  (lambda: MemoryLambda): void => {
    lambda.get('f').provisioned = new Map(Object.entries(environments));
  };

/** Which versions and aliases of `f` have provisioned concurrency, and how much. */
export function provisionedOf(lambda: MemoryLambda): Record<string, number> {
  const all = [...(lambda.get('f').provisioned ?? [])];
  return Object.fromEntries(all.filter(([, environments]) => environments > 0));
}

/** What became of traffic and provisioned concurrency, one after the other. */
export function course({ writes }: MemoryLambda): string[] {
  return writes.filter((one) =>
    /^(provision|ready|updateAlias|createAlias|removeAlias) /.test(one),
  );
}
