/** A part of an example: a function's entry under providerOptions, with some settings. */
export function exampleOption(...settings: string[]): string {
  const lines = [
    'target: production',
    'name: orders',
    'runAsIamRole: arn:aws:iam::111111111111:role/Run',
    'handler: index.handler',
    ...settings,
  ];
  return `providerOptions:\n  lambda:\n    - ${lines.join('\n      ')}`;
}

/** A version of a runtime. */
export const EXAMPLE_RUNTIME_VERSION =
  'arn:aws:lambda:us-east-1::runtime:07a48df201798d627f2b950f03bb227aab4a655a1d019c3296406f95937e2525';

/** A part of an example: the steps of the strategy. */
export function exampleSteps(list: string): string {
  return `strategies: {gradual: {canary: {steps: ${list}}}}`;
}
