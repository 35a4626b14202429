import {
  DEFAULT_TIMEOUT_MS,
  type Plan,
  type Strategy,
  type TargetPlan,
} from '../../domain/plan.js';
import { durationMs, normalName } from '../written/meaning.js';
import type { WrittenDeployment } from '../written/schema.js';
import { functionsByTarget } from './functionsByTarget.js';
import { stepOf } from './stepOf.js';

/** What a file means. It breaks no rule. */
export function planOf(file: WrittenDeployment, deploymentId: string): Plan {
  const targets = targetsOf(file);
  const timeout = file.deploymentConfig?.timeout;
  return {
    schemaVersion: 1,
    deploymentId,
    application: normalName(file.application),
    ...(file.description !== undefined && { description: file.description }),
    context: file.context ?? {},
    timeoutMs: (timeout && durationMs(timeout)) ?? DEFAULT_TIMEOUT_MS,
    targets,
    strategies: strategiesOf(file, new Set(targets.map((target) => target.strategy))),
  };
}

function targetsOf(file: WrittenDeployment): TargetPlan[] {
  const functions = functionsByTarget(file);
  return Object.entries(file.targets).map(([writtenName, target]) => {
    const name = normalName(writtenName);
    return {
      name,
      account: target.account,
      deployRoleArn: target.deployAsIamRole,
      region: target.region,
      strategy: normalName(target.strategy),
      dependsOn: [...new Set((target.constraints?.dependsOn ?? []).map(normalName))],
      functions: functions.get(name) ?? [],
    };
  });
}

function strategiesOf(
  { strategies }: WrittenDeployment,
  used: ReadonlySet<string>,
): Record<string, Strategy> {
  const named = Object.entries(strategies).map(
    ([name, { canary }]) => [normalName(name), { steps: canary.steps.flatMap(stepOf) }] as const,
  );
  return Object.fromEntries(named.filter(([name]) => used.has(name)));
}
