import type {
  FunctionPlan,
  Plan,
  Query,
  RestorePlan,
  Strategy,
  TargetPlan,
  Webhook,
} from '../../domain/plan.js';
import { isImage } from '../../domain/packages.js';
import { bucketOf } from '../../domain/replacedCode.js';
import type { Path } from '../path.js';
import * as facts from '../rules/facts.js';
import { settingsFacts } from '../rules/settingsFacts.js';
import { wideFacts } from '../rules/wideFacts.js';
import { stepFacts } from './stepFacts.js';

const { said, saidByKey, saidItems, saidValues } = facts;

/** What a plan says. */
export function factsOfPlan(plan: Plan): facts.Facts {
  const functions = plan.targets.flatMap(functionsOf);
  const restored = plan.targets.flatMap(restoredOf);
  return {
    complete: true,
    application: said(plan.application, ['application']),
    timeoutMs: said(plan.timeoutMs, ['timeoutMs']),
    context: new Set(Object.keys(plan.context)),
    plainTexts: saidValues(plan.context, ['context']),
    filters: undefined,
    targets: plan.targets.map(targetFact),
    strategies: Object.entries(plan.strategies).map(strategyFact),
    artifacts: undefined,
    packages: functions.map(packageFact),
    replacedCode: [...functions, ...restored].map(replacedCodeFact),
    functionNames: [...functions, ...restored].map(nameFact),
    functions: [...functions.map(functionFact), ...restored.map(restoredFact)],
    aliases: [...functions, ...restored].flatMap(aliasFact),
    aliasesComplete: true,
    webhooks: Object.entries(plan.webhooks).map(webhookFact),
    queries: Object.entries(plan.queries).map(queryFact),
  };
}

/** A function with the target that deploys it. */
interface Deployed<Wanted = FunctionPlan> {
  target: string;
  plan: Wanted;
  path: Path;
}

function functionsOf({ name, functions }: TargetPlan, target: number): Deployed[] {
  return functions.map((plan, index) => ({
    target: name,
    plan,
    path: ['targets', target, 'functions', index],
  }));
}

function restoredOf({ name, restores = [] }: TargetPlan, target: number): Deployed<RestorePlan>[] {
  return restores.map((plan, index) => ({
    target: name,
    plan,
    path: ['targets', target, 'restores', index],
  }));
}

function targetFact(target: TargetPlan, index: number): facts.TargetFact {
  const path = ['targets', index];
  return {
    name: said(target.name, [...path, 'name']),
    account: said(target.account, [...path, 'account']),
    deployRole: said(target.deployRoleArn, [...path, 'deployRoleArn']),
    region: said(target.region, [...path, 'region']),
    strategy: said(target.strategy, [...path, 'strategy']),
    dependsOn: saidItems(target.dependsOn, [...path, 'dependsOn']),
    before: stepFacts(target.beforeDeployment, [...path, 'beforeDeployment']),
    after: stepFacts(target.afterDeployment, [...path, 'afterDeployment']),
  };
}

function strategyFact([name, { steps }]: [string, Strategy]): facts.StrategyFact {
  const path = ['strategies', name];
  return {
    name: saidByKey(name, path),
    steps: stepFacts(steps, [...path, 'steps']),
  };
}

function webhookFact([name, webhook]: [string, Webhook]): facts.WebhookFact {
  const path = ['webhooks', name];
  return {
    name: saidByKey(name, path),
    method: said(webhook.method, [...path, 'method']),
    uri: said(webhook.uriTemplate, [...path, 'uriTemplate']),
    headers: webhook.headers.map(({ key, value }, index) => ({
      key: said(key, [...path, 'headers', index, 'key']),
      value: said(value, [...path, 'headers', index, 'value']),
    })),
    body: said(webhook.bodyTemplate, [...path, 'bodyTemplate']),
    networkMode: said(webhook.networkMode, [...path, 'networkMode']),
    hasAgent: webhook.agentIdentifier !== undefined,
    agent: said(webhook.agentIdentifier, [...path, 'agentIdentifier']),
    retries: said(webhook.retryCount, [...path, 'retryCount']),
    waits: !webhook.disableCallback,
    complete: true,
  };
}

function queryFact([name, query]: [string, Query]): facts.QueryFact {
  const path = ['queries', name];
  return {
    name: saidByKey(name, path),
    template: said(query.template, [...path, 'template']),
    upper: said(query.upperLimit, [...path, 'upperLimit']),
    lower: said(query.lowerLimit, [...path, 'lowerLimit']),
    hasLimit: query.upperLimit !== undefined || query.lowerLimit !== undefined,
    hasProvider: true,
  };
}

function nameFact({ plan, path }: Deployed<Pick<FunctionPlan, 'name'>>): facts.Said<string> {
  return said(plan.name, [...path, 'name']);
}

function replacedCodeFact({
  plan,
  path,
}: Deployed<Pick<FunctionPlan, 'replacedCode'>>): facts.Said<string> | undefined {
  return said(plan.replacedCode, [...path, 'replacedCode']);
}

function packageFact({ plan, path }: Deployed): facts.PackageFact {
  const { package: planned } = plan;
  const zip = isImage(planned) ? undefined : planned;
  return {
    functionName: said(plan.name, [...path, 'name']),
    bucket: said(zip?.bucket, [...path, 'package', 'bucket']),
    key: said(zip?.key, [...path, 'package', 'key']),
    image: imageFact({ plan, path }),
    replacedCode: said(plan.replacedCode, [...path, 'replacedCode']),
  };
}

function imageFact({
  plan: { package: planned },
  path,
}: Pick<Deployed, 'plan' | 'path'>): facts.Said<string> | undefined {
  return isImage(planned) ? said(planned.imageUri, [...path, 'package', 'imageUri']) : undefined;
}

function functionFact({ target, plan, path }: Deployed): facts.FunctionFact {
  return {
    target: said(target, path),
    name: nameFact({ target, plan, path }),
    buckets: [isImage(plan.package) ? undefined : plan.package.bucket, bucketOf(plan.replacedCode)],
    packageType: isImage(plan.package) ? 'image' : 'zipFile',
    image: imageFact({ plan, path }),
    role: said(plan.settings.role, [...path, 'settings', 'role']),
    missing: missingIn(plan),
    settings: settingsFacts(plan.settings, [...path, 'settings']),
    wide: wideFacts(plan.functionWide ?? {}, [...path, 'functionWide']),
    provisionedConcurrency: said(plan.provisionedConcurrency, [...path, 'provisionedConcurrency']),
    keepVersions: said(plan.keepVersions, [...path, 'keepVersions']),
  };
}

/** Its role is a part of every plan's shape. */
function missingIn({ package: planned, settings }: FunctionPlan): string[] {
  return isImage(planned) ? [] : ZIP_SETTINGS.filter((name) => settings[name] === undefined);
}

const ZIP_SETTINGS = ['handler', 'runtime'] as const;

/** What its version has is known to AWS alone. */
function restoredFact({ target, plan, path }: Deployed<RestorePlan>): facts.FunctionFact {
  return {
    target: said(target, path),
    name: nameFact({ target, plan, path }),
    buckets: [bucketOf(plan.replacedCode)],
    packageType: undefined,
    image: undefined,
    role: undefined,
    missing: [],
    settings: settingsFacts({}, path),
    wide: {},
    provisionedConcurrency: undefined,
  };
}

function aliasFact({
  target,
  plan,
  path,
}: Deployed<Pick<FunctionPlan, 'name' | 'alias'>>): facts.AliasFact[] {
  if (plan.alias === undefined) return [];
  return [
    {
      target: said(target, path),
      functionName: said(plan.name, [...path, 'name']),
      name: said(plan.alias, [...path, 'alias']),
    },
  ];
}
