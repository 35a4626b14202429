import { parse, stringify } from 'yaml';

/** The same deployment as that of {@link fileOf}, with what is alike at all targets said once. */
export function shortFileOf(count: number): string {
  const file = parse(fileOf(count)) as Record<string, unknown>;
  return stringify({
    ...file,
    artifacts: [
      {
        functionName: 'orders',
        path: 's3://packages-{{sluice.accountId}}/orders.zip',
        type: 'zipFile',
      },
    ],
    providerOptions: {
      lambda: [
        {
          name: 'orders',
          runAsIamRole: 'arn:aws:iam::{{sluice.accountId}}:role/Run',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
        },
      ],
    },
    trafficManagement: [{ alias: [{ functionName: 'orders', aliasName: 'live' }] }],
  });
}

/** A valid deployment file of so many targets, each with a function, an alias and constraints. */
export function fileOf(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `target-${index}`);
  const role = (kind: string, index: number) =>
    `arn:aws:iam::${String(100_000_000_000 + index)}:role/${kind}`;
  return stringify({
    version: 'v1',
    kind: 'lambda',
    application: 'bench',
    targets: Object.fromEntries(
      names.map((name, index) => [
        name,
        {
          account: name,
          deployAsIamRole: role('Deploy', index),
          region: 'us-east-1',
          strategy: 'gradual',
          ...(index > 0 && { constraints: { dependsOn: [names[Math.floor((index - 1) / 2)]] } }),
        },
      ]),
    ),
    strategies: {
      gradual: {
        canary: { steps: [{ setWeight: 25 }, { pause: { duration: 5, unit: 'minutes' } }] },
      },
    },
    artifacts: [{ functionName: 'orders', path: 's3://packages/orders.zip', type: 'zipFile' }],
    providerOptions: {
      lambda: names.map((target, index) => ({
        target,
        name: 'orders',
        runAsIamRole: role('Run', index),
        handler: 'index.handler',
        runtime: 'nodejs24.x',
      })),
    },
    trafficManagement: [{ targets: names, alias: [{ functionName: 'orders', aliasName: 'live' }] }],
  });
}
