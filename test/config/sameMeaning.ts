import type { FileData } from './validFiles.js';

/** The same data with the keys of its mappings in another order. */
export function reordered(value: unknown, order: (keys: string[]) => string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const mapping = value as FileData;
  const keys = order(Object.keys(mapping));
  return Object.fromEntries(keys.map((key) => [key, reordered(mapping[key], order)]));
}

/** What a file says when it says everything: defaults and shorthand written out. */
export function longhand(file: FileData): FileData {
  const { strategies, targets, webhooks, deploymentConfig = {}, ...rest } = file;
  return {
    context: {},
    contextOverrides: {},
    trafficManagement: [],
    ...rest,
    targets: eachValue(targets, longTarget),
    strategies: eachValue(strategies, ({ canary }) => ({
      canary: { steps: (canary as { steps: FileData[] }).steps.map(longStep) },
    })),
    webhooks: (webhooks as FileData[]).map(longWebhook),
    deploymentConfig: {
      timeout: { duration: 1800, unit: 'seconds' },
      ifDeploymentInProgress: { strategy: 'reject' },
      ...(deploymentConfig as FileData),
    },
  };
}

/** The same said in the ways in which many targets are spoken of at once. */
export function spoken(file: FileData): FileData {
  const { targets, artifacts, providerOptions, trafficManagement, ...rest } = file;
  const { lambda } = providerOptions as { lambda: FileData[] };
  return {
    ...rest,
    context: { ...(rest['context'] as FileData), 'a-region': 'us-east-1' },
    targets: eachValue(targets, (target) => ({ ...target, region: '{{context.a-region}}' })),
    artifacts: (artifacts as FileData[]).map((artifact) => ({ ...artifact, targets: ['*'] })),
    providerOptions: {
      lambda: lambda.flatMap(halves),
    },
    ...(trafficManagement !== undefined && {
      trafficManagement: (trafficManagement as FileData[]).map(({ alias }) => ({ alias })),
    }),
  };
}

/** An entry as two that are merged, with something in the first that the second replaces. */
function halves({
  target,
  name,
  runtime,
  handler,
  runAsIamRole,
  ...settings
}: FileData): FileData[] {
  const isImage = runtime === undefined;
  return [
    { targets: [target], name, ...(isImage ? { runAsIamRole } : { runtime, handler: 'replaced' }) },
    { target, name, ...settings, ...(isImage ? {} : { runAsIamRole, handler }) },
  ];
}

function longTarget({ constraints = {}, ...target }: FileData): FileData {
  const { dependsOn = [], beforeDeployment = [], afterDeployment = [] } = constraints as FileData;
  return {
    ...target,
    constraints: {
      dependsOn,
      beforeDeployment: (beforeDeployment as FileData[]).map(longStep),
      afterDeployment: (afterDeployment as FileData[]).map(longStep),
    },
  };
}

function longStep(step: FileData): FileData {
  const { setWeight, runWebhook, analysis } = step;
  if (setWeight !== undefined) return { setWeight: { weight: setWeight } };
  if (runWebhook !== undefined) return { runWebhook: { context: {}, ...(runWebhook as FileData) } };
  if (analysis === undefined) return step;
  return {
    analysis: {
      rollBackMode: 'automatic',
      rollForwardMode: 'automatic',
      lookbackMethod: 'growing',
      abortOnFailedJudgment: false,
      context: {},
      ...(analysis as FileData),
    },
  };
}

function longWebhook(webhook: FileData): FileData {
  return { networkMode: 'direct', headers: [], retryCount: 0, disableCallback: false, ...webhook };
}

function eachValue(mapping: unknown, change: (value: FileData) => FileData): FileData {
  return Object.fromEntries(
    Object.entries(mapping as Record<string, FileData>).map(([key, value]) => [key, change(value)]),
  );
}
