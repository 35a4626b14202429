import {
  DEFAULT_TIMEOUT_MS,
  type Plan,
  type Strategy,
  type TargetPlan,
} from '../../domain/plan.js';
import { contextOverrides, targetFilters, type Asked } from '../written/asked.js';
import { durationMs, normalName } from '../written/meaning.js';
import type { WrittenDeployment } from '../written/schema.js';
import { functionsByTarget } from './functionsByTarget.js';
import { namesOf, type Names } from './names.js';
import { queriesOf, webhooksOf } from './outside.js';
import { afterStepOf, beforeStepOf, stepOf } from './stepOf.js';

/** What a file means. It breaks no rule. */
export function planOf(file: WrittenDeployment, deploymentId: string, asked: Asked): Plan {
  const names = namesOf(file, asked);
  const targets = targetsOf(file, names, asked);
  const strategies = strategiesOf(file, names, new Set(targets.map(({ strategy }) => strategy)));
  const steps = [
    ...Object.values(strategies).flatMap((strategy) => strategy.steps),
    ...targets.flatMap((target) => [...target.beforeDeployment, ...target.afterDeployment]),
  ];
  return {
    schemaVersion: 1,
    deploymentId,
    application: normalName(file.application),
    ...(file.description !== undefined && { description: file.description }),
    context: { ...file.context, ...contextOverrides(file, asked) },
    timeoutMs: durationMs(file.deploymentConfig?.timeout ?? {}) ?? DEFAULT_TIMEOUT_MS,
    ifDeploymentInProgress: file.deploymentConfig?.ifDeploymentInProgress?.strategy ?? 'reject',
    targets,
    strategies,
    webhooks: webhooksOf(file, steps),
    queries: queriesOf(file, steps),
  };
}

function targetsOf(file: WrittenDeployment, names: Names, asked: Asked): TargetPlan[] {
  const functions = functionsByTarget(file);
  const all = Object.entries(file.targets).map(([writtenName, target]): TargetPlan => {
    const name = normalName(writtenName);
    const {
      dependsOn = [],
      beforeDeployment = [],
      afterDeployment = [],
    } = target.constraints ?? {};
    return {
      name,
      account: target.account,
      deployRoleArn: target.deployAsIamRole,
      region: target.region,
      strategy: normalName(target.strategy),
      dependsOn: [...new Set(dependsOn.map(normalName))],
      beforeDeployment: beforeDeployment.flatMap((step) => beforeStepOf(step, names)),
      afterDeployment: afterDeployment.flatMap((step) => afterStepOf(step, names)),
      functions: functions.get(name) ?? [],
    };
  });
  return only(
    all,
    targetFilters(file, asked)?.map(({ value }) => value),
  );
}

/** The targets that are asked for, waiting for no other. */
function only(targets: TargetPlan[], asked: readonly string[] = []): TargetPlan[] {
  if (asked.length === 0) return targets;
  const names = new Set(asked);
  return targets
    .filter(({ name }) => names.has(name))
    .map((target) => ({
      ...target,
      dependsOn: target.dependsOn.filter((dependency) => names.has(dependency)),
    }));
}

function strategiesOf(
  { strategies }: WrittenDeployment,
  names: Names,
  used: ReadonlySet<string>,
): Record<string, Strategy> {
  const named = Object.entries(strategies).map(([writtenName, { canary }]) => {
    const steps = canary.steps.flatMap((step) => stepOf(step, names));
    return [normalName(writtenName), { steps }] as const;
  });
  return Object.fromEntries(named.filter(([name]) => used.has(name)));
}
