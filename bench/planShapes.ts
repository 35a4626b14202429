/** Plans that are as hard to check as a plan of their size can be. */
export const planShapes: Record<string, (bytes: number) => unknown> = {
  'an environment of wrong names': (n) =>
    planWith({ functions: [functionWith({ environment: keys(n / 9, (i) => `-${i}`) })] }),
  'layers that are none': (n) =>
    planWith({ functions: [functionWith({ layers: times(n / 4, () => 'x') })] }),
  'roles without a name': (n) =>
    planWith({
      beforeDeployment: [{ type: 'approval', requiresRoles: times(n / 3, () => '') }],
    }),
  'dependencies on nobody': (n) => planWith({ dependsOn: times(n / 9, (i) => `t${i}`) }),
  'steps of a webhook with many variables': (n) =>
    planWith(
      {
        beforeDeployment: times(n / 50, () => ({ type: 'runWebhook', webhook: 'w', context: {} })),
      },
      { webhooks: { w: { ...WEBHOOK, bodyTemplate: '{{context.a}}'.repeat(90) } } },
    ),
  'a context of variables': (n) => ({
    ...planWith({}),
    context: keys(n / 20, (i) => `k${i}`, '{{context.a}}'),
  }),
  'targets in a chain of cycles': (n) => ({
    ...planWith({}),
    targets: times(n / 220, (i) => ({ ...TARGET, name: `t${i}`, dependsOn: [`t${i ^ 1}`] })),
  }),
  'accents on one letter': (n) => planWith({ name: `a${'\u0301\u0316'.repeat(n / 4)}` }),
};

const FUNCTION = {
  name: 'orders',
  package: { bucket: 'packages', key: 'orders.zip' },
  settings: {
    role: 'arn:aws:iam::111111111111:role/Run',
    handler: 'index.handler',
    runtime: 'nodejs24.x',
  },
};

const TARGET = {
  name: 'prod',
  account: 'shop',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'us-east-1',
  strategy: 's',
  dependsOn: [],
  beforeDeployment: [],
  afterDeployment: [],
  functions: [FUNCTION],
};

const WEBHOOK = {
  method: 'POST',
  uriTemplate: 'https://ci.example.com/',
  headers: [],
  networkMode: 'direct',
  retryCount: 0,
  disableCallback: true,
};

function planWith(target: object, more: object = {}): object {
  return {
    schemaVersion: 1,
    deploymentId: 'bench',
    application: 'shop',
    context: {},
    timeoutMs: 60_000,
    ifDeploymentInProgress: 'reject',
    targets: [{ ...TARGET, ...target }],
    strategies: { s: { steps: [] } },
    webhooks: {},
    queries: {},
    ...more,
  };
}

function functionWith(settings: object): object {
  return { ...FUNCTION, settings: { ...FUNCTION.settings, ...settings } };
}

function times<One>(count: number, one: (index: number) => One): One[] {
  return Array.from({ length: Math.floor(count) }, (_, index) => one(index));
}

function keys(count: number, key: (index: number) => string, value = ''): Record<string, string> {
  return Object.fromEntries(times(count, (index) => [key(index), value]));
}
