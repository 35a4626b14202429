import { readDeployment, type Diagnostic } from '../../src/config/index.js';
import type { Plan } from '../../src/domain/plan.js';

export const DEPLOYMENT_ID = '6f1f7b0e-6a53-4f0c-9d3c-0d6c1f3c9a11';

/** A day on which none of the runtimes below is deprecated. */
export const NOW = new Date('2026-11-24');

/** A deployment that uses every key of the language but targetFilters. */
export const SHOP = `version: v1
kind: lambda
application: Shop
description: Everything the shop runs
context:
  team: checkout
  percentile: p90
contextOverrides:
  channel: releases
x-common: &common
  account: shop-production
  deployAsIamRole: arn:aws:iam::111111111111:role/Deploy
  strategy: gradual
targets:
  staging:
    account: shop-staging
    deployAsIamRole: arn:aws:iam::222222222222:role/Deploy
    region: eu-west-1
    strategy: atOnce
  production:
    <<: *common
    region: us-east-1
    constraints:
      dependsOn: [staging]
      beforeDeployment:
        - pause:
            untilApproved: true
            requiresRoles: [release-managers]
            approvalExpiration:
              duration: 24
              unit: hours
        - runWebhook:
            name: notify
            context: {channel: approvals, room: war}
      afterDeployment:
        - runWebhook: {name: tests}
        - analysis:
            interval: 30
            units: Seconds
            numberOfJudgmentRuns: 2
            queries: [latency]
strategies:
  atOnce:
    canary:
      steps: []
  gradual:
    canary:
      steps:
        - setWeight:
            weight: 10
        - pause: {duration: 5, unit: minutes}
        - setWeight: 50
        - analysis:
            interval: 1
            units: minutes
            numberOfJudgmentRuns: 5
            queries: [errors, latency]
            rollBackMode: Automatic
            rollForwardMode: manual
            lookbackMethod: sliding
            abortOnFailedJudgment: true
            metricProviderName: datadog
            context: {percentile: p99}
artifacts:
  - functionName: orders
    path: s3://shop-packages/orders.zip
    type: zipFile
    replacedCode: s3://shop-packages/replaced/orders/
  - functionName: stock
    path: s3://shop-packages/nested/stock.zip
    type: zipFile
  - functionName: orders-staging
    path: s3://shop-packages-eu/orders.zip
    type: zipFile
providerOptions:
  lambda:
    - target: staging
      name: orders-staging
      runAsIamRole: arn:aws:iam::222222222222:role/Run
      handler: index.handler
      runtime: nodejs24.x
    - target: production
      name: orders
      runAsIamRole: arn:aws:iam::111111111111:role/Run
      handler: index.handler
      runtime: nodejs24.x
      memorySize: 512
      timeout: 30
      environment:
        LEVEL: info
        RETRIES: 3
        RELEASE: "1.10"
        DEBUG: false
      layers:
        - arn:aws:lambda:us-east-1:111111111111:layer:tools:4
      architectures: [arm64]
      provisionedConcurrency: 20
    - target: production
      name: stock
      runAsIamRole: arn:aws:iam::111111111111:role/Run
      handler: stock.handler
      runtime: python3.13
trafficManagement:
  - targets: [production]
    alias:
      - functionName: orders
        aliasName: live
      - functionName: stock
        aliasName: v2
analysis:
  defaultMetricProviderName: prometheus
  queries:
    - name: errors
      queryTemplate: sum(errors{function="{{armory.functionName}}"}[{{armory.promQlStepInterval}}])
      upperLimit: 0.5
    - name: latency
      queryTemplate: avg(latency{p="{{context.percentile}}"})
      upperLimit: 200
      lowerLimit: 1
      onNoData: Pass
      metricProviderName: cloudwatch
webhooks:
  - name: notify
    method: post
    uriTemplate: https://chat.example.com/{{context.channel}}/{{context.room}}
    headers:
      - key: Authorization
        value: Bearer {{secrets.chat}}
    disableCallback: true
  - name: tests
    method: PUT
    uriTemplate: https://ci.example.com/run
    networkMode: remoteNetworkAgent
    agentIdentifier: datacentre
    bodyTemplate:
      inline: |
        {"callback": "{{armory.callbackUri}}/callback", "team": "{{context.team}}"}
    retryCount: 3
deploymentConfig:
  timeout:
    duration: 45
    unit: Minutes
  ifDeploymentInProgress:
    strategy: enqueueOne
`;

export interface Position {
  line: number;
  column: number;
}

/** A text in which ⟦ and ⟧ enclosed the token that is wrong, and where that token begins. */
export function marked(text: string): { text: string; position: Position } {
  const before = text.slice(0, text.indexOf('⟦'));
  const lines = before.split('\n');
  return {
    text: text.replace('⟦', '').replace('⟧', ''),
    position: { line: lines.length, column: (lines.at(-1) ?? '').length + 1 },
  };
}

/** {@link SHOP} with one of its passages replaced. */
export function shopWith(passage: string, replacement: string): string {
  if (!SHOP.includes(passage)) throw new Error(`The example does not contain ${passage}`);
  return SHOP.replace(passage, () => replacement);
}

export function diagnose(source: string | Uint8Array): Diagnostic[] {
  return readDeployment(source, { deploymentId: DEPLOYMENT_ID, now: NOW }).diagnostics;
}

export function codes(source: string | Uint8Array): string[] {
  return diagnose(source).map((diagnostic) => diagnostic.code);
}

/** The plan of a file that has to be accepted without a word. */
export function planOf(source: string): Plan {
  const { plan, diagnostics } = readDeployment(source, { deploymentId: DEPLOYMENT_ID, now: NOW });
  if (plan === undefined || diagnostics.length > 0)
    throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return plan;
}
