import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan, TargetPlan } from '../../src/domain/plan.js';
import type { MemoryLambda } from './memoryLambda.js';
import { uniqueName } from './names.js';
import { functionPlan, plan } from './plans.js';
import type { WorkflowServer } from './workflowServer.js';

export const refused = { code: 'settingsRejected', message: 'AWS does not like it.' } as const;
export const denied = { code: 'accessDenied', message: 'AWS denies it.' } as const;

/** Settings that differ in one value from those of the functions that are there. */
export const bigger = { ...functionPlan('f').settings, memorySize: 256 };

/** The plan of an application that no other test deploys. */
export function deployment(...targets: TargetPlan[]): Plan {
  return plan(targets, { application: uniqueName('shop') });
}

/** Deploys one target and gives its own outcome. */
export async function deployTarget(
  server: WorkflowServer,
  lambda: MemoryLambda,
  target: TargetPlan,
  changes: Partial<Plan> = {},
): Promise<TargetOutcome> {
  const wanted = { ...deployment(target), ...changes };
  return server.with(lambda, async () => {
    await server.deploy(wanted);
    return server.targetOutcome(wanted, target.name);
  });
}
