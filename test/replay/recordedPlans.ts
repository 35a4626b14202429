import { randomUUID } from 'node:crypto';
import type {
  AnalysisStep,
  FunctionPlan,
  Plan,
  Step,
  TargetPlan,
  Webhook,
} from '../../src/domain/plan.js';
import type { Others } from './others.js';

export const ACCOUNT = '333333333333';
export const REGION = 'us-east-1';
export const DEPLOY_ROLE = `arn:aws:iam::${ACCOUNT}:role/Deploy`;
export const EXECUTION_ROLE = `arn:aws:iam::${ACCOUNT}:role/Execution`;
export const BUCKET = 'recorded-packages';
export const REPOSITORY = 'recorded-images';

export function direct(settings: object = {}, name = 'direct'): FunctionPlan {
  return {
    name,
    package: { bucket: BUCKET, key: 'package.zip' },
    settings: {
      role: EXECUTION_ROLE,
      handler: 'index.handler',
      runtime: 'nodejs24.x',
      ...settings,
    },
  };
}

/** A function that is a container image. */
export function ofImage(name: string, settings: object = {}): FunctionPlan {
  const imageUri = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${REPOSITORY}:live`;
  return { name, package: { imageUri }, settings: { role: EXECUTION_ROLE, ...settings } };
}

export function aliased(settings: object = {}): FunctionPlan {
  return { ...direct(settings, 'aliased'), alias: 'live' };
}

export function target(
  name: string,
  functions: FunctionPlan[],
  dependsOn: string[] = [],
): TargetPlan {
  return {
    name,
    account: 'recorded',
    deployRoleArn: DEPLOY_ROLE,
    region: REGION,
    strategy: 'canary',
    dependsOn,
    beforeDeployment: [],
    afterDeployment: [],
    functions,
  };
}

export function plan(application: string, targets: TargetPlan[]): Plan {
  return {
    schemaVersion: 1,
    deploymentId: randomUUID(),
    application,
    context: {},
    timeoutMs: 60_000,
    targets,
    ifDeploymentInProgress: 'reject',
    strategies: { canary: { steps: [10, 50].map((weight) => ({ type: 'setWeight', weight })) } },
    webhooks: {},
    queries: {},
  };
}

/** With constraints before and after, which wait for people. */
export function gated(application: string, steps: Step[]): Plan {
  const one: TargetPlan = {
    ...target('one', [aliased({ memorySize: 896 }), direct({ memorySize: 896 })]),
    beforeDeployment: [{ type: 'approval' }, { type: 'pause', durationMs: 60_000 }],
    afterDeployment: [{ type: 'approval' }],
  };
  return { ...plan(application, [one]), strategies: { canary: { steps } } };
}

/** A webhook, an analysis by numbers, one about which a person decides, and a message at the end. */
export function decidedByOthers(application: string, { url }: Others): Plan {
  const analysis: AnalysisStep = {
    type: 'analysis',
    intervalMs: 500,
    runs: 2,
    queries: [{ query: 'errors', provider: 'recorded' }],
    rollBackMode: 'automatic',
    rollForwardMode: 'automatic',
    lookbackMethod: 'growing',
    abortOnFailedJudgment: false,
    context: {},
  };
  const steps: Step[] = [
    { type: 'setWeight', weight: 25 },
    { type: 'runWebhook', webhook: 'tests', context: {} },
    analysis,
    { ...analysis, runs: 1, rollForwardMode: 'manual', lookbackMethod: 'sliding' },
  ];
  const tests: Webhook = {
    method: 'POST',
    uriTemplate: `${url}/runs`,
    headers: [],
    bodyTemplate: '{"callback": "{{armory.callbackUri}}"}',
    networkMode: 'direct',
    retryCount: 1,
    disableCallback: false,
  };
  const one: TargetPlan = {
    ...target('one', [aliased({ memorySize: 1152 })]),
    afterDeployment: [{ type: 'runWebhook', webhook: 'tell', context: {} }],
  };
  return {
    ...plan(application, [one]),
    strategies: { canary: { steps } },
    webhooks: { tests, tell: { ...tests, bodyTemplate: 'done', disableCallback: true } },
    queries: {
      errors: { template: 'errors{v="{{armory.version}}"}', upperLimit: 1, onNoData: 'retry' },
    },
  };
}
