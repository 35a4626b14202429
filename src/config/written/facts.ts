import { readImageUri } from '../../domain/images.js';
import { normalName } from '../../domain/naming.js';
import type { PackageType } from '../../domain/packages.js';
import { bucketOf } from '../../domain/replacedCode.js';
import { pairKey } from '../grouping.js';
import type { Path } from '../path.js';
import {
  said,
  saidByKey,
  saidItems,
  saidValues,
  type Facts,
  type PackageFact,
  type Said,
} from '../rules/facts.js';
import { settingsFacts } from '../rules/settingsFacts.js';
import { wideFacts } from '../rules/wideFacts.js';
import { aliasFacts, hasAllAliases } from './aliasFacts.js';
import { targetFilters, type Adjustments } from './adjustments.js';
import { contextKeys } from './contextKeys.js';
import type { Draft } from './draft.js';
import { REQUIRED_SETTINGS } from './functions.js';
import { durationMs, packageLocation, packageType } from './meaning.js';
import { queryFacts } from './queryFacts.js';
import type { WrittenDeployment } from './schema.js';
import { stepFacts } from './stepFacts.js';
import { webhookFacts } from './webhookFacts.js';

type Deployment = Draft<WrittenDeployment>;

/** A file as far as it could be read, written out for its targets. */
interface ReadFile {
  draft: Deployment;
  /** Whether everything could be read. */
  isComplete: boolean;
}

/** What a file says. */
export function factsOfFile(
  { draft: file, isComplete }: ReadFile,
  adjustments: Adjustments,
): Facts {
  const packages = (file.artifacts ?? []).map((artifact, index) => packageFact(artifact, index));
  return {
    complete: isComplete,
    application: normalised(said(adjustments.application ?? file.application, ['application'])),
    timeoutMs: timeoutFact(file),
    context: contextFact(file, adjustments),
    plainTexts: plainTexts(file),
    targets: targetFacts(file),
    filters: targetFilters(file, adjustments),
    strategies: strategyFacts(file),
    artifacts: artifactFacts(file),
    packages,
    replacedCode: replacedCodeFacts(file),
    functionNames: packages.map(({ functionName }) => functionName),
    functions: functionFacts(file, packages),
    aliases: aliasFacts(file.trafficManagement),
    aliasesComplete: hasAllAliases(file),
    webhooks: webhookFacts(file),
    queries: queryFacts(file),
    defaultProvider: defaultProvider(file),
  };
}

function normalised(name: Said<string>): Said<string>;
function normalised(name: Said<string> | undefined): Said<string> | undefined;
function normalised(name: Said<string> | undefined): Said<string> | undefined {
  return name && { ...name, value: normalName(name.value) };
}

function timeoutFact({ deploymentConfig }: Deployment): Facts['timeoutMs'] {
  const { duration, unit } = deploymentConfig?.timeout ?? {};
  return said(durationMs({ duration, unit }), ['deploymentConfig', 'timeout', 'duration']);
}

function contextFact(file: Deployment, adjustments: Adjustments): Facts['context'] {
  const own = contextKeys(file.context, 'context' in file);
  const overrides = contextKeys(file.contextOverrides, 'contextOverrides' in file);
  if (own === undefined || overrides === undefined) return undefined;
  return new Set([...own, ...overrides, ...Object.keys(adjustments.context ?? {})]);
}

function plainTexts({ description, context, contextOverrides }: Deployment): Said<string>[] {
  return [
    ...(description === undefined ? [] : [said(description, ['description'])]),
    ...saidValues(context, ['context']),
    ...saidValues(contextOverrides, ['contextOverrides']),
  ];
}

function targetFacts({ targets }: Deployment): Facts['targets'] {
  if (targets === undefined) return undefined;
  return Object.entries(targets).map(([name, target]) => {
    const path = ['targets', name];
    const { dependsOn, beforeDeployment, afterDeployment } = target?.constraints ?? {};
    const constraints = [...path, 'constraints'];
    return {
      name: normalised(saidByKey(name, path)),
      account: said(target?.account, [...path, 'account']),
      deployRole: said(target?.deployAsIamRole, [...path, 'deployAsIamRole']),
      region: said(target?.region, [...path, 'region']),
      strategy: normalised(said(target?.strategy, [...path, 'strategy'])),
      dependsOn: saidItems(dependsOn, [...constraints, 'dependsOn']).map((each) =>
        normalised(each),
      ),
      before: stepFacts(beforeDeployment, [...constraints, 'beforeDeployment']),
      after: stepFacts(afterDeployment, [...constraints, 'afterDeployment']),
    };
  });
}

function defaultProvider({ analysis }: Deployment): Said<string> | undefined {
  const path = ['analysis', 'defaultMetricProviderName'];
  return normalised(said(analysis?.defaultMetricProviderName, path));
}

function strategyFacts({ strategies }: Deployment): Facts['strategies'] {
  if (strategies === undefined) return undefined;
  return Object.entries(strategies).map(([name, strategy]) => {
    const path = ['strategies', name];
    return {
      name: saidByKey(normalName(name), path),
      steps: stepFacts(strategy?.canary?.steps, [...path, 'canary', 'steps']),
    };
  });
}

function artifactFacts({ artifacts }: Deployment): Facts['artifacts'] {
  return artifacts?.map((artifact, index) => ({
    functionName: said(artifact?.functionName, ['artifacts', index, 'functionName']),
    target: artifactTarget(artifact, index),
  }));
}

/** Written out, an artifact is for one target, or for all that deploy the function. */
function artifactTarget(artifact: Artifact, index: number): Said<string> | undefined {
  return normalised(said(artifact?.targets?.[0], ['artifacts', index, 'targets']));
}

function replacedCodeFacts({ artifacts = [] }: Deployment): Facts['replacedCode'] {
  return artifacts.map((artifact, index) =>
    said(artifact?.replacedCode, ['artifacts', index, 'replacedCode']),
  );
}

type Artifact = NonNullable<Deployment['artifacts']>[number];

function packageFact(artifact: Artifact, index: number): Facts['packages'][number] {
  const at: Path = ['artifacts', index, 'path'];
  const path = said(artifact?.path, at);
  const type = said(artifact?.type, ['artifacts', index, 'type']);
  const isImage = packageType(type?.value) === 'image';
  const location = path && !isImage ? packageLocation(path.value) : undefined;
  return {
    functionName: said(artifact?.functionName, ['artifacts', index, 'functionName']),
    target: artifactTarget(artifact, index),
    ...(path && { path }),
    type,
    bucket: said(location?.bucket, at),
    key: said(location?.key, at),
    image: isImage ? path : undefined,
    replacedCode: said(artifact?.replacedCode, ['artifacts', index, 'replacedCode']),
  };
}

/** Of a path that has the form of the other type it is not known which of the two is meant. */
function certainType({ path, type }: PackageFact): PackageType | undefined {
  const said = packageType(type?.value);
  const other = said === 'image' ? packageLocation : readImageUri;
  return path !== undefined && other(path.value) !== undefined ? undefined : said;
}

function functionFacts(
  { providerOptions }: Deployment,
  packages: readonly PackageFact[],
): Facts['functions'] {
  const byFunction = new Map(
    packages.map((one) => [pairKey(one.target?.value, one.functionName?.value), one]),
  );
  return providerOptions?.lambda?.map((option = {}, index) => {
    const path = ['providerOptions', 'lambda', index];
    const target = normalised(said(option.target, [...path, 'target']));
    const ofFunction =
      byFunction.get(pairKey(target?.value, option.name)) ??
      byFunction.get(pairKey(undefined, option.name));
    const { bucket, image, replacedCode } = ofFunction ?? {};
    const type = ofFunction && certainType(ofFunction);
    // One without any package is told of; most are zip files.
    const required = REQUIRED_SETTINGS[ofFunction === undefined ? 'zipFile' : (type ?? 'image')];
    return {
      target,
      name: said(option.name, [...path, 'name']),
      buckets: [bucket?.value, bucketOf(replacedCode?.value)],
      packageType: type,
      image,
      role: said(option.runAsIamRole, [...path, 'runAsIamRole']),
      missing: required.filter((key) => !(key in option)),
      settings: settingsFacts(option, path),
      wide: wideFacts(option, path),
      provisionedConcurrency: said(option.provisionedConcurrency, [
        ...path,
        'provisionedConcurrency',
      ]),
      keepVersions: said(option.keepVersions, [...path, 'keepVersions']),
    };
  });
}
