import { describe, expect, it } from '@jest/globals';
import { readDeployment } from '../../src/config/index.js';
import { DEPLOYMENT_ID, NOW } from './support.js';

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

/** A bucket is in one region, so each region has a function and a package of its own. */
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
${ALL_AT_ONCE}artifacts:
  - functionName: hello-east
    path: s3://armory-demos-us-east-1/hello-world-python.zip
    type: zipFile
  - functionName: hello-west
    path: s3://armory-demos-us-west-2/hello-world-python.zip
    type: zipFile
providerOptions:
  lambda:
    - target: Prod-East-1
      name: hello-east
      runAsIamRole: arn:aws:iam::111111111111:role/LambdaExecutionRole
      handler: lambda_function.lambda_handler
      runtime: python3.10
    - target: Prod-West-2
      name: hello-west
      runAsIamRole: arn:aws:iam::111111111111:role/LambdaExecutionRole
      handler: lambda_function.lambda_handler
      runtime: python3.10
`;

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

function constrained(name: string, number: string, constraints: string): string {
  return `${account(name, number)}    constraints:\n${constraints}`;
}

function afterLab(webhook: string): string {
  return `      dependsOn:
        - Lab
      afterDeployment:
        - runWebhook:
            name: ${webhook}
`;
}

const CONSTRAINTS = `${HEAD}targets:
${account('Lab', '111111111111')}${constrained('Staging', '222222222222', afterLab('Integration-Tests'))}${constrained('Audit', '333333333333', afterLab('Audit-Analysis'))}${constrained('ITSec', '444444444444', afterLab('Security-Scans'))}${constrained(
  'Prod-West-2',
  '555555555555',
  `      dependsOn:
        - Staging
        - Audit
        - ITSec
      beforeDeployment:
        - runWebhook:
            name: Send-Slack-Deployment-Approval-Required
        - pause:
            untilApproved: true
`,
)}${ALL_AT_ONCE}${restFor({ ...ACCOUNTS, 'Prod-West-2': '555555555555' })}`;

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

/** What the overview leaves to the reader: the webhooks that its constraints run. */
const WEBHOOKS = [
  'Integration-Tests',
  'Audit-Analysis',
  'Security-Scans',
  'Send-Slack-Deployment-Approval-Required',
].map(
  (name) => `  - name: ${name}
    method: POST
    uriTemplate: https://hooks.example.com/${name}
    networkMode: direct
    bodyTemplate:
      inline: '{"callbackUri": "{{armory.callbackUri}}/callback"}'
`,
);

const ALL_CONSTRAINTS = `${CONSTRAINTS}webhooks:\n${WEBHOOKS.join('')}`;

const OLD_RUNTIMES = new Set(['deprecated-runtime']);

describe("the overview's examples", () => {
  it.each([
    ['one function in one region', BASIC, 1],
    ['several regions of one account', REGIONS, 2],
    ['several accounts', SEPARATE_ACCOUNTS, 4],
    ['targets with constraints', ALL_CONSTRAINTS, 5],
    ['traffic that is split', SPLIT, 2],
  ])('are accepted as they are: %s', (_name, text, targets) => {
    const { plan, diagnostics } = readDeployment(text, { deploymentId: DEPLOYMENT_ID, now: NOW });
    expect(plan?.targets).toHaveLength(targets);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(OLD_RUNTIMES);
  });

  it('mean what the overview says of them: constraints', () => {
    const { plan } = readDeployment(ALL_CONSTRAINTS, { deploymentId: DEPLOYMENT_ID, now: NOW });
    const production = plan?.targets.find(({ name }) => name === 'Prod-West-2');
    expect(production).toMatchObject({
      dependsOn: ['Staging', 'Audit', 'ITSec'],
      beforeDeployment: [
        { type: 'runWebhook', webhook: 'Send-Slack-Deployment-Approval-Required', context: {} },
        { type: 'approval' },
      ],
    });
  });

  it('mean what the overview says of them: a pause between weights', () => {
    const { plan } = readDeployment(SPLIT, { deploymentId: DEPLOYMENT_ID, now: NOW });
    expect(plan?.strategies['trafficSplit']?.steps).toEqual([
      { type: 'setWeight', weight: 25 },
      { type: 'approval' },
      { type: 'setWeight', weight: 100 },
    ]);
    expect(plan?.targets.map(({ functions }) => functions[0]?.alias)).toEqual(['v2', 'v2']);
  });
});
