import type { ProblemKind } from '../problemKind.js';

/** What can be wrong with the shape of a deployment: keys, and kinds of values. */
export const SHAPE_KINDS: readonly ProblemKind[] = [
  {
    code: 'unsupported-version',
    inEditor: true,
    reason:
      'There is one version of the language, v1. A file of another one may mean something else.',
    wrong: 'version: v2',
    right: 'version: v1',
  },
  {
    code: 'unsupported-kind',
    inEditor: true,
    reason: 'Sluice deploys AWS Lambda functions: kind: lambda. Other kinds have another language.',
    wrong: 'kind: kubernetes',
    right: 'kind: lambda',
  },
  {
    code: 'unknown-key',
    inEditor: true,
    reason:
      'A key that the language does not have would be passed over in silence, and mostly it is another key, misspelt. Keys of your own, for anchors, begin with x- at the top level.',
    wrong: 'targets: {production: {regoin: us-east-1}}',
    right: 'targets: {production: {region: us-east-1}}',
  },
  {
    code: 'missing-key',
    inEditor: true,
    reason: 'Without it, the file does not say what to deploy, or where, or how.',
    wrong: 'targets:\n  staging: {account: shop, region: us-east-1, strategy: gradual}',
    right:
      'targets:\n  staging: {account: shop, region: us-east-1, strategy: gradual, deployAsIamRole: "arn:aws:iam::111111111111:role/Deploy"}',
  },
  {
    code: 'wrong-type',
    inEditor: true,
    reason: 'The value is of another kind than the language has there: text, a number, a list.',
    wrong: 'deploymentConfig: {timeout: {duration: half, unit: hours}}',
    right: 'deploymentConfig: {timeout: {duration: 0.5, unit: hours}}',
  },
  {
    code: 'wrong-value',
    inEditor: true,
    reason: 'The language has a few words here, and the value is none of them.',
    wrong: 'deploymentConfig: {timeout: {duration: 2, unit: days}}',
    right: 'deploymentConfig: {timeout: {duration: 48, unit: hours}}',
  },
];
