import { readDeployment, type Adjustments } from '../../../src/config/index.js';
import { isImage } from '../../../src/domain/packages.js';
import type { FunctionPlan, PlannedZip, TargetPlan } from '../../../src/domain/plan.js';
import { DEPLOYMENT_ID, diagnose, NOW } from '../support.js';

export const TARGETS = `targets:
  staging: {account: dev, deployAsIamRole: "arn:aws:iam::111111111111:role/Deploy", region: us-east-1, strategy: gradual}
  prod-us: {account: live, deployAsIamRole: "arn:aws:iam::222222222222:role/Deploy", region: us-east-1, strategy: gradual}
  prod-eu: {account: live, deployAsIamRole: "arn:aws:iam::222222222222:role/Deploy", region: eu-west-1, strategy: gradual}
`;

export const ARTIFACTS = `artifacts:
  - {functionName: orders, path: "s3://acme-{{sluice.accountId}}-{{sluice.region}}/orders.zip", type: zipFile}
`;

export const OPTIONS = `providerOptions:
  lambda:
    - name: orders
      runAsIamRole: arn:aws:iam::{{armory.accountId}}:role/Run
      handler: index.handler
      runtime: nodejs24.x
`;

const HEAD = `version: v1
kind: lambda
application: shop
strategies: {gradual: {canary: {steps: []}}}
`;

/** A file of these parts; those that are not given are the usual ones. */
export function file({
  targets = TARGETS,
  artifacts = ARTIFACTS,
  options = OPTIONS,
  more = '',
} = {}) {
  return HEAD + targets + artifacts + options + more;
}

/** What the plan has for each target. */
export function targetsOf(text: string, asked: Adjustments = {}): Record<string, TargetPlan> {
  const { plan, diagnostics } = readDeployment(text, {
    ...asked,
    deploymentId: DEPLOYMENT_ID,
    now: NOW,
  });
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return Object.fromEntries(plan.targets.map((target) => [target.name, target]));
}

export function ordersAt(name: string, text: string, asked?: Adjustments): FunctionPlan {
  const found = targetsOf(text, asked)[name]?.functions.find((one) => one.name === 'orders');
  if (found === undefined) throw new Error(`There is no function orders at ${name}.`);
  return found;
}

export function zipOf({ package: planned }: FunctionPlan): PlannedZip {
  if (isImage(planned)) throw new Error(`${planned.imageUri} is no zip file.`);
  return planned;
}

/** What is said of a file, each with its line. */
export function said(text: string): string[] {
  return diagnose(text).map(({ code, line, message }) => `${line} ${code}: ${message}`);
}
