import { defined } from '../../domain/defined.js';
import {
  DEFAULT_TIMEOUT_MS,
  type Plan,
  type Strategy,
  type TargetPlan,
} from '../../domain/plan.js';
import { stepsOfPlan } from '../../domain/steps.js';
import { normalName } from '../../domain/naming.js';
import { asks, contextOverrides, type Adjustments } from '../written/adjustments.js';
import { durationMs } from '../written/meaning.js';
import type { WrittenDeployment } from '../written/schema.js';
import { functionsByTarget } from './functionsByTarget.js';
import { queriesOf, webhooksOf } from './outside.js';
import { restOfFile, type RestOfFile } from './restOfFile.js';
import { afterStepOf, beforeStepOf, stepOf } from './stepOf.js';

interface PlanContext {
  deploymentId: string;
  asked: Adjustments;
  /** The names of the targets as they are written, in the order of the file. */
  targetNames: readonly string[];
}

/** What a file means. It breaks no rule. */
export function planOf(
  file: WrittenDeployment,
  { deploymentId, asked, targetNames }: PlanContext,
): Plan {
  const rest = restOfFile(file, asked);
  const isAsked = asks(file, asked);
  const names = targetNames.filter((name) => isAsked(normalName(name)));
  const targets = targetsOf(file, rest, names).map((target) => ({
    ...target,
    dependsOn: target.dependsOn.filter(isAsked),
  }));
  const strategies = strategiesOf(file, rest, new Set(targets.map(({ strategy }) => strategy)));
  const steps = stepsOfPlan({ targets, strategies });
  return {
    schemaVersion: 1,
    deploymentId,
    application: normalName(asked.application ?? file.application),
    ...defined({ description: file.description }),
    context: { ...file.context, ...contextOverrides(file, asked) },
    timeoutMs: durationMs(file.deploymentConfig?.timeout ?? {}) ?? DEFAULT_TIMEOUT_MS,
    ifDeploymentInProgress: file.deploymentConfig?.ifDeploymentInProgress?.strategy ?? 'reject',
    targets,
    strategies,
    webhooks: webhooksOf(file, steps),
    queries: queriesOf(file, steps),
  };
}

function targetsOf(
  file: WrittenDeployment,
  rest: RestOfFile,
  targetNames: readonly string[],
): TargetPlan[] {
  const functions = functionsByTarget(file);
  return targetNames.flatMap((writtenName): TargetPlan[] => {
    const target = file.targets[writtenName];
    if (target === undefined) return [];
    const name = normalName(writtenName);
    const {
      dependsOn = [],
      beforeDeployment = [],
      afterDeployment = [],
    } = target.constraints ?? {};
    return [
      {
        name,
        account: target.account,
        deployRoleArn: target.deployAsIamRole,
        region: target.region,
        strategy: normalName(target.strategy),
        dependsOn: [...new Set(dependsOn.map(normalName))],
        beforeDeployment: beforeDeployment.flatMap((step) => beforeStepOf(step, rest)),
        afterDeployment: afterDeployment.flatMap((step) => afterStepOf(step, rest)),
        functions: functions(name),
      },
    ];
  });
}

function strategiesOf(
  { strategies }: WrittenDeployment,
  rest: RestOfFile,
  used: ReadonlySet<string>,
): Record<string, Strategy> {
  const named = Object.entries(strategies).map(([writtenName, { canary }]) => {
    const steps = canary.steps.flatMap((step) => stepOf(step, rest));
    return [normalName(writtenName), { steps }] as const;
  });
  return Object.fromEntries(named.filter(([name]) => used.has(name)));
}
