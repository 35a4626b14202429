import { defined } from '../../domain/defined.js';
import { normalName } from '../../domain/naming.js';
import type { Plan } from '../../domain/plan.js';
import { contextOverrides, type Adjustments } from '../written/adjustments.js';
import type { WrittenDeployment } from '../written/schema.js';

/**
 * A file that means the plan and nothing else: what is deployed to targets that are left out is not
 * there, nor what only they use.
 *
 * @param file - written out: each entry is for one target
 */
export function usedFile(file: WrittenDeployment, plan: Plan, asked: Adjustments): object {
  const isTarget = among(plan.targets.map(({ name }) => name));
  const functions = new Set(plan.targets.flatMap((one) => one.functions.map(({ name }) => name)));
  const overrides = contextOverrides(file, asked);
  const traffic = file.trafficManagement?.filter(({ targets = [] }) => targets.some(isTarget));
  const { targetFilters: _, ...rest } = file;
  return defined({
    ...rest,
    application: plan.application,
    contextOverrides: Object.keys(overrides).length > 0 ? overrides : undefined,
    targets: mapped(file.targets, isTarget, (target) => withoutOthers(target, isTarget)),
    artifacts: file.artifacts.filter(
      ({ functionName, targets }) =>
        functions.has(functionName) &&
        (targets ?? [undefined]).every((name) => name === undefined || isTarget(name)),
    ),
    providerOptions: {
      lambda: file.providerOptions.lambda.filter(({ target = '' }) => isTarget(target)),
    },
    strategies: mapped(file.strategies, among(Object.keys(plan.strategies)), asItIs),
    trafficManagement: traffic?.map((one) => ({ ...one, targets: one.targets?.filter(isTarget) })),
    analysis: file.analysis && {
      ...file.analysis,
      queries: file.analysis.queries.filter(named(among(Object.keys(plan.queries)))),
    },
    webhooks: file.webhooks?.filter(named(among(Object.keys(plan.webhooks)))),
  });
}

type Target = WrittenDeployment['targets'][string];

function withoutOthers(target: Target, isTarget: (name: string) => boolean): object {
  const { constraints } = target;
  if (constraints?.dependsOn === undefined) return target;
  const dependsOn = constraints.dependsOn.filter(isTarget);
  return { ...target, constraints: { ...constraints, dependsOn } };
}

/** Tells of a name, as it was written, whether it is one of these. */
function among(names: readonly string[]): (name: string) => boolean {
  const known = new Set(names);
  return (name) => known.has(normalName(name));
}

function named(isUsed: (name: string) => boolean): (item: { name: string }) => boolean {
  return ({ name }) => isUsed(name);
}

function asItIs<Value>(value: Value): Value {
  return value;
}

function mapped<Value>(
  values: Readonly<Record<string, Value>>,
  isKept: (name: string) => boolean,
  change: (value: Value) => unknown,
): object {
  const kept = Object.entries(values).filter(([name]) => isKept(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, change(value)]));
}
