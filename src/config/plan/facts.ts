import type { FunctionPlan, Plan, Strategy, TargetPlan } from '../../domain/plan.js';
import type { Path } from '../path.js';
import * as facts from '../rules/facts.js';
import { settingsFacts } from '../rules/settingsFacts.js';

const { said, saidByKey, saidItems } = facts;

/** What a plan says. */
export function factsOfPlan(plan: Plan): facts.Facts {
  const functions = plan.targets.flatMap(functionsOf);
  return {
    deploymentId: said(plan.deploymentId, ['deploymentId']),
    application: said(plan.application, ['application']),
    timeoutMs: said(plan.timeoutMs, ['timeoutMs']),
    targets: plan.targets.map(targetFact),
    strategies: Object.entries(plan.strategies).map(strategyFact),
    artifacts: undefined,
    packages: functions.map(packageFact),
    functions: functions.map(functionFact),
    aliases: functions.flatMap(aliasFact),
  };
}

/** A function with the target that deploys it. */
interface Deployed {
  target: string;
  plan: FunctionPlan;
  path: Path;
}

function functionsOf({ name, functions }: TargetPlan, target: number): Deployed[] {
  return functions.map((plan, index) => ({
    target: name,
    plan,
    path: ['targets', target, 'functions', index],
  }));
}

function targetFact(target: TargetPlan, index: number): facts.TargetFact {
  const path = ['targets', index];
  return {
    name: said(target.name, [...path, 'name']),
    deployRole: said(target.deployRoleArn, [...path, 'deployRoleArn']),
    region: said(target.region, [...path, 'region']),
    strategy: said(target.strategy, [...path, 'strategy']),
    dependsOn: saidItems(target.dependsOn, [...path, 'dependsOn']),
  };
}

function strategyFact([name, { steps }]: [string, Strategy]): facts.StrategyFact {
  const path = ['strategies', name];
  return {
    name: saidByKey(name, path),
    steps: steps.map((step, index) => ({
      place: { path: [...path, 'steps', index], part: 'value' },
      kinds: [step.type],
      weight: said(step.weight, [...path, 'steps', index, 'weight']),
    })),
  };
}

function packageFact({ plan, path }: Deployed): facts.PackageFact {
  return {
    functionName: said(plan.name, [...path, 'name']),
    bucket: said(plan.package.bucket, [...path, 'package', 'bucket']),
    key: said(plan.package.key, [...path, 'package', 'key']),
  };
}

function functionFact({ target, plan, path }: Deployed): facts.FunctionFact {
  return {
    target: said(target, path),
    name: said(plan.name, [...path, 'name']),
    role: said(plan.settings.role, [...path, 'settings', 'role']),
    settings: settingsFacts(plan.settings, [...path, 'settings']),
  };
}

function aliasFact({ target, plan, path }: Deployed): facts.AliasFact[] {
  if (plan.alias === undefined) return [];
  return [
    {
      target: said(target, path),
      functionName: said(plan.name, [...path, 'name']),
      name: said(plan.alias, [...path, 'alias']),
    },
  ];
}
