import { describe, expect, it } from 'vitest';
import { codes, diagnose, planOf } from './support.js';

/** The examples of the language that the project is compatible with, as its users have them. */
const HEAD = 'version: v1\nkind: lambda\napplication: potatoless-facts\n';

const ROLE = 'arn:aws:iam::111111111111:role/ArmoryRole';

const ALL_AT_ONCE = `strategies:
  allAtOnce:
    canary:
      steps:
        - setWeight:
            weight: 100
`;

const BASIC = `${HEAD}description: awsLambda
targets:
  us-east-1:
    account: armory-docs-dev
    deployAsIamRole: ${ROLE}
    region: us-east-1
    strategy: allAtOnce
${ALL_AT_ONCE}artifacts:
  - functionName: potatolessFacts
    path: s3://armory-docs-dev-us-east-1/potatolessfacts-justsweetpotatoes.zip
    type: zipFile
providerOptions:
  lambda:
    - name: potatolessFacts
      target: us-east-1
      runAsIamRole: arn:aws:iam::111111111111:role/lamdaExecutionRole
      handler: index.handler
      runtime: nodejs18.x
`;

/** The parts that the overview leaves to the reader, for a deployment of one function. */
function restFor(targets: Record<string, string>): string {
  const options = Object.entries(targets).map(
    ([target, account]) => `    - target: ${target}
      name: hello-world-python
      runAsIamRole: arn:aws:iam::${account}:role/LambdaExecutionRole
      handler: lambda_function.lambda_handler
      runtime: python3.10
`,
  );
  return `artifacts:
  - functionName: hello-world-python
    path: s3://armory-demos-us-west-2/hello-world-python.zip
    type: zipFile
providerOptions:
  lambda:
${options.join('')}`;
}

const REGIONS = `${HEAD}targets:
  Prod-East-1:
    account: armory-prod
    deployAsIamRole: ${ROLE}
    region: us-east-1
    strategy: allAtOnce
  Prod-West-2:
    account: armory-prod
    deployAsIamRole: ${ROLE}
    region: us-west-2
    strategy: allAtOnce
${ALL_AT_ONCE}${restFor({ 'Prod-East-1': '111111111111', 'Prod-West-2': '111111111111' })}`;

const ACCOUNTS = {
  Lab: '111111111111',
  Staging: '222222222222',
  Audit: '333333333333',
  ITSec: '444444444444',
};

function account(name: string, number: string): string {
  return `  ${name}:
    account: armory-${name.toLowerCase()}
    deployAsIamRole: "arn:aws:iam::${number}:role/ArmoryRole"
    region: us-west-2
    strategy: allAtOnce
`;
}

const SEPARATE_ACCOUNTS = `${HEAD}targets:
${Object.entries(ACCOUNTS)
  .map(([name, number]) => account(name, number))
  .join('')}${ALL_AT_ONCE}${restFor(ACCOUNTS)}`;

const CONSTRAINTS = `${HEAD}targets:
${account('Lab', '111111111111')}${account('Staging', '222222222222')}    constraints:
      dependsOn:
        - Lab
      afterDeployment:
        - runWebhook:
            name: Integration-Tests
${account('Prod-West-2', '555555555555')}    constraints:
      dependsOn:
        - Staging
      beforeDeployment:
        - runWebhook:
            name: Send-Slack-Deployment-Approval-Required
        - pause:
            untilApproved: true
${ALL_AT_ONCE}${restFor({ Lab: '111111111111', Staging: '222222222222', 'Prod-West-2': '555555555555' })}`;

const SPLIT = `${HEAD}targets:
  prod-us-east-1:
    account: armory-docs-dev
    region: us-east-1
    deployAsIamRole: "${ROLE}"
    strategy: trafficSplit
  prod-us-east-2:
    account: armory-docs-dev
    region: us-east-2
    deployAsIamRole: "${ROLE}"
    strategy: trafficSplit
strategies:
  trafficSplit:
    canary:
      steps:
        - setWeight:
            weight: 25
        - pause:
            untilApproved: true
        - setWeight:
            weight: 100
artifacts:
  - functionName: just-sweet-potatoes-us-east-1
    path: s3://armory-demo-east-1/just-sweet-potatoes.zip
    type: zipFile
  - functionName: just-sweet-potatoes-us-east-2
    path: s3://armory-demo-east-2/just-sweet-potatoes.zip
    type: zipFile
providerOptions:
  lambda:
    - name: just-sweet-potatoes-us-east-1
      target: prod-us-east-1
      runAsIamRole: "arn:aws:iam::111111111111:role/LambdaExecutionRole"
      handler: index.handler
      runtime: nodejs18.x
    - name: just-sweet-potatoes-us-east-2
      target: prod-us-east-2
      runAsIamRole: "arn:aws:iam::111111111111:role/LambdaExecutionRole"
      handler: index.handler
      runtime: nodejs18.x
trafficManagement:
  - targets: ['prod-us-east-1']
    alias:
      - functionName: just-sweet-potatoes-us-east-1
        aliasName: v2
  - targets: ['prod-us-east-2']
    alias:
      - functionName: just-sweet-potatoes-us-east-2
        aliasName: v2
`;

describe("the overview's examples", () => {
  it.each([
    ['one function in one region', BASIC, 1],
    ['several regions of one account', REGIONS, 2],
    ['several accounts', SEPARATE_ACCOUNTS, 4],
  ])('are accepted as they are: %s', (_name, text, targets) => {
    expect(planOf(text).targets).toHaveLength(targets);
  });

  it('are accepted without the steps that are not done yet', () => {
    const plan = planOf(SPLIT.replace(/ +- pause:\n.*\n/, ''));
    expect(plan.strategies['trafficSplit']?.steps).toEqual([
      { type: 'setWeight', weight: 25 },
      { type: 'setWeight', weight: 100 },
    ]);
    expect(plan.targets.map(({ functions }) => functions[0]?.alias)).toEqual(['v2', 'v2']);
  });

  it('get nothing but "not yet" for their constraints', () => {
    expect(codes(CONSTRAINTS)).toEqual(['not-yet', 'not-yet']);
    expect(diagnose(CONSTRAINTS).map(({ path }) => path)).toEqual([
      'targets.Staging.constraints.afterDeployment',
      'targets.Prod-West-2.constraints.beforeDeployment',
    ]);
  });

  it('get nothing but "not yet" for their pause', () => {
    expect(diagnose(SPLIT)).toEqual([
      expect.objectContaining({
        code: 'not-yet',
        path: 'strategies.trafficSplit.canary.steps[1].pause',
      }),
    ]);
  });
});
