import { randomUUID } from 'node:crypto';
import { isImage } from '../../src/domain/packages.js';
import type {
  AnalysisStep,
  FunctionPlan,
  Plan,
  PlannedPackage,
  TargetPlan,
  Webhook,
} from '../../src/domain/plan.js';

export function functionPlan(name: string, changes: Partial<FunctionPlan> = {}): FunctionPlan {
  return {
    name,
    package: { bucket: 'packages', key: `${name}.zip` },
    settings: {
      role: 'arn:aws:iam::111111111111:role/Execution',
      handler: 'index.handler',
      runtime: 'nodejs24.x',
    },
    ...changes,
  };
}

/** By which tests tell one package from others: its key, or its address. */
export function nameOfPackage(planned: PlannedPackage): string {
  return isImage(planned) ? planned.imageUri : planned.key;
}

interface TargetChanges extends Partial<TargetPlan> {
  functionNames?: string[];
}

export function targetPlan(name: string, changes: TargetChanges = {}): TargetPlan {
  const { functionNames = ['orders'], ...rest } = changes;
  return {
    name,
    account: 'test',
    deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
    region: 'us-east-1',
    strategy: 'allAtOnce',
    dependsOn: [],
    beforeDeployment: [],
    afterDeployment: [],
    functions: functionNames.map((one) => functionPlan(one)),
    ...rest,
  };
}

export function plan(targets: TargetPlan[], changes: Partial<Plan> = {}): Plan {
  return {
    schemaVersion: 1,
    deploymentId: randomUUID(),
    application: 'shop',
    context: {},
    timeoutMs: 60_000,
    targets,
    ifDeploymentInProgress: 'reject',
    strategies: { allAtOnce: { steps: [{ type: 'setWeight', weight: 100 }] } },
    webhooks: { tests: WEBHOOK, asks: { ...WEBHOOK, disableCallback: false } },
    queries: { errors: { template: 'errors', upperLimit: 1, onNoData: 'retry' } },
    ...changes,
  };
}

/** A webhook that ends with its call. */
export const WEBHOOK: Webhook = {
  method: 'POST',
  uriTemplate: 'https://ci.example.com/runs',
  headers: [],
  networkMode: 'direct',
  retryCount: 0,
  disableCallback: true,
};

/** An analysis that decides by itself. */
export const ANALYSIS: AnalysisStep = {
  type: 'analysis',
  intervalMs: 1000,
  runs: 1,
  queries: [{ query: 'errors', provider: 'prometheus' }],
  rollBackMode: 'automatic',
  rollForwardMode: 'automatic',
  lookbackMethod: 'growing',
  abortOnFailedJudgment: false,
  context: {},
};
