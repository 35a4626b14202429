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

/** A part of an example: the steps of the strategy. */
export function exampleSteps(list: string): string {
  return `strategies: {gradual: {canary: {steps: ${list}}}}`;
}
