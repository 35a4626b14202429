import fc from 'fast-check';

/** A deployment file as data, as the YAML library would give it. */
export type FileData = Record<string, unknown>;

const name = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,9}$/)
  .filter((text) => !/^(on|off|yes|no|[ny])$/.test(text));

// Made once: fast-check tries many strings on each of these when they are made.
const variable = fc.stringMatching(/^[A-Z][A-Z_]{1,8}$/);
const tag = fc.stringMatching(/^[a-z][a-z-]{0,8}$/);

const names = (most: number) => fc.uniqueArray(name, { minLength: 1, maxLength: most });

const duration = fc.record({
  duration: fc.integer({ min: 1, max: 100 }),
  unit: fc.constantFrom('minutes', 'Minutes', 'HOURS', 'hours'),
});

const context = fc.dictionary(name, name, { maxKeys: 3 });

const pause = fc.oneof(
  duration,
  fc.record(
    { untilApproved: fc.constant(true), requiresRoles: names(3), approvalExpiration: duration },
    { requiredKeys: ['untilApproved'] },
  ),
);

function analysis(queries: readonly string[]) {
  return fc.record(
    {
      interval: fc.integer({ min: 1, max: 60 }),
      units: fc.constantFrom('seconds', 'Minutes'),
      numberOfJudgmentRuns: fc.integer({ min: 1, max: 20 }),
      queries: fc.subarray([...queries], { minLength: 1 }),
      rollBackMode: fc.constantFrom('automatic', 'Manual'),
      rollForwardMode: fc.constantFrom('AUTOMATIC', 'manual'),
      lookbackMethod: fc.constantFrom('growing', 'Sliding'),
      abortOnFailedJudgment: fc.boolean(),
      metricProviderName: name,
      context,
    },
    { requiredKeys: ['interval', 'units', 'numberOfJudgmentRuns', 'queries'] },
  );
}

interface Outside {
  webhooks: readonly string[];
  queries: readonly string[];
}

function before({ webhooks }: Outside) {
  const runWebhook = fc.record(
    { name: fc.constantFrom(...webhooks), context },
    { requiredKeys: ['name'] },
  );
  return fc.oneof(fc.record({ pause }), fc.record({ runWebhook }));
}

function after(outside: Outside) {
  return fc.oneof(before(outside), fc.record({ analysis: analysis(outside.queries) }));
}

function strategy(outside: Outside) {
  const steps = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }),
      fc.array(after(outside), { maxLength: 3 }),
    )
    .map(([weights, others]) => [
      ...weights.toSorted((a, b) => a - b).map((weight) => ({ setWeight: weight })),
      ...others,
    ]);
  return fc.record({ canary: fc.record({ steps }) });
}

function webhook(webhookName: string) {
  return fc.record(
    {
      name: fc.constant(webhookName),
      method: fc.constantFrom('POST', 'put', 'Patch'),
      uriTemplate: fc.constant('https://example.com/{{armory.callbackUri}}'),
      networkMode: fc.constant('direct'),
      headers: fc.array(fc.record({ key: name, value: name }), { maxLength: 2 }),
      bodyTemplate: fc.record({ inline: name }),
      retryCount: fc.integer({ min: 0, max: 5 }),
      disableCallback: fc.constant(false),
    },
    { requiredKeys: ['name', 'method', 'uriTemplate'] },
  );
}

function query(queryName: string) {
  return fc.record(
    {
      name: fc.constant(queryName),
      queryTemplate: fc.constant('sum(errors{v="{{armory.version}}"})'),
      upperLimit: fc.integer({ min: 10, max: 20 }),
      lowerLimit: fc.integer({ min: 0, max: 10 }),
      metricProviderName: name,
      onNoData: fc.constantFrom('fail', 'Pass', 'retry'),
    },
    { requiredKeys: ['name', 'queryTemplate', 'upperLimit'] },
  );
}

const role = (kind: string) => `arn:aws:iam::111111111111:role/${kind}`;

interface Names extends Outside {
  targets: readonly string[];
  strategies: readonly string[];
  functions: readonly string[];
}

/** Targets depend on those before them, so that there is no cycle. */
function targets({ targets, strategies, ...outside }: Names) {
  const each = targets.map((_, index) =>
    fc.record(
      {
        account: name,
        deployAsIamRole: fc.constant(role('Deploy')),
        region: fc.constant('us-east-1'),
        strategy: fc.constantFrom(...strategies),
        constraints: fc.record(
          {
            dependsOn: fc.subarray(targets.slice(0, index)),
            beforeDeployment: fc.array(before(outside), { maxLength: 2 }),
            afterDeployment: fc.array(after(outside), { maxLength: 2 }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ['account', 'deployAsIamRole', 'region', 'strategy'] },
    ),
  );
  return fc.tuple(...each).map((list) => byName(targets, list));
}

function byName(names: readonly string[], values: readonly unknown[]): FileData {
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

const OF_ZIP_FILES = {
  handler: fc.constant('index.handler'),
  runtime: fc.constantFrom('nodejs24.x', 'python3.13'),
  runtimeManagementConfig: fc.constantFrom(
    { updateRuntimeOn: 'Auto' },
    { updateRuntimeOn: 'FunctionUpdate' },
  ),
};

const IMAGE_CONFIG = fc.record(
  { entryPoint: fc.array(name, { maxLength: 2 }), command: fc.array(name, { maxLength: 2 }) },
  { requiredKeys: [] },
);

function artifact(functionName: string, isImage: boolean) {
  return isImage
    ? {
        functionName,
        path: `111111111111.dkr.ecr.us-east-1.amazonaws.com/r/${functionName.replaceAll('-', '')}0:1.4.0`,
        type: 'image',
      }
    : { functionName, path: `s3://packages/${functionName}.zip`, type: 'zipFile' };
}

const ALL_NAME = ['target', 'name', 'runAsIamRole'] as const;

function option(target: string, functionName: string, isImage: boolean): fc.Arbitrary<FileData> {
  const ofBoth = {
    target: fc.constant(target),
    name: fc.constant(functionName),
    runAsIamRole: fc.constant(role('Run')),
    memorySize: fc.integer({ min: 128, max: 10240 }),
    timeout: fc.integer({ min: 1, max: 900 }),
    environment: fc.dictionary(variable, name, { maxKeys: 3 }),
    architectures: fc.constantFrom(['arm64'], ['x86_64']),
    tags: fc.dictionary(tag, name, { maxKeys: 3 }),
    reservedConcurrency: fc.constantFrom(0, 7, '7', 'none'),
    recursiveLoop: fc.constantFrom('Allow', 'Terminate'),
  };
  return isImage
    ? fc.record({ ...ofBoth, imageConfig: IMAGE_CONFIG }, { requiredKeys: [...ALL_NAME] })
    : fc.record(
        { ...ofBoth, ...OF_ZIP_FILES },
        { requiredKeys: [...ALL_NAME, 'handler', 'runtime'] },
      );
}

/** Files that are deployments, perhaps with warnings. */
export const validFiles: fc.Arbitrary<FileData> = fc
  .record({
    targets: names(4),
    strategies: names(2),
    functions: names(3),
    imagesFrom: fc.integer({ min: 0, max: 3 }),
    webhooks: names(2),
    queries: names(3),
  })
  .chain((all) => {
    const pairs = all.targets.flatMap((target) =>
      all.functions.map((one) => [target, one] as const),
    );
    const images = new Set(all.functions.slice(all.imagesFrom));
    return fc.record(
      {
        version: fc.constant('v1'),
        kind: fc.constant('lambda'),
        application: name,
        description: name,
        context,
        contextOverrides: context,
        targets: targets(all),
        strategies: fc
          .tuple(...all.strategies.map(() => strategy(all)))
          .map((list) => byName(all.strategies, list)),
        artifacts: fc.constant(all.functions.map((one) => artifact(one, images.has(one)))),
        providerOptions: fc.record({
          lambda: fc.tuple(...pairs.map(([target, one]) => option(target, one, images.has(one)))),
        }),
        trafficManagement: fc.constant([
          {
            targets: all.targets,
            alias: all.functions.map((functionName) => ({ functionName, aliasName: 'live' })),
          },
        ]),
        analysis: fc.record({
          defaultMetricProviderName: name,
          queries: fc.tuple(...all.queries.map(query)),
        }),
        webhooks: fc.tuple(...all.webhooks.map(webhook)),
        deploymentConfig: fc.record(
          {
            timeout: duration,
            ifDeploymentInProgress: fc.record({
              strategy: fc.constantFrom('reject', 'enqueueOne'),
            }),
          },
          { requiredKeys: [] },
        ),
        targetFilters: fc
          .subarray(all.targets, { minLength: 1 })
          .map((some) => some.map((includeTarget) => ({ includeTarget }))),
      },
      {
        requiredKeys: [
          'version',
          'kind',
          'application',
          'targets',
          'strategies',
          'artifacts',
          'providerOptions',
          'analysis',
          'webhooks',
        ],
      },
    );
  });
