import type { Path } from '../path.js';
import { said, saidByKey, saidItems, type Facts, type Said } from '../rules/facts.js';
import { settingsFacts } from '../rules/settingsFacts.js';
import { aliasFacts } from './aliasFacts.js';
import type { Draft } from './draft.js';
import { durationMs, normalName, packageLocation } from './meaning.js';
import type { WrittenDeployment } from './schema.js';
import { strategyFacts } from './strategyFacts.js';

type Deployment = Draft<WrittenDeployment>;

/** What a file says, as far as it could be read. */
export function factsOfFile(file: Deployment): Facts {
  return {
    application: normalised(said(file.application, ['application'])),
    timeoutMs: timeoutFact(file),
    targets: targetFacts(file),
    strategies: strategyFacts(file.strategies),
    artifacts: artifactFacts(file),
    packages: (file.artifacts ?? []).map((artifact, index) => packageFact(artifact, index)),
    functions: functionFacts(file),
    aliases: aliasFacts(file.trafficManagement),
  };
}

function normalised(name: Said<string>): Said<string>;
function normalised(name: Said<string> | undefined): Said<string> | undefined;
function normalised(name: Said<string> | undefined): Said<string> | undefined {
  return name && { ...name, value: normalName(name.value) };
}

function timeoutFact({ deploymentConfig }: Deployment): Facts['timeoutMs'] {
  const { duration, unit } = deploymentConfig?.timeout ?? {};
  if (duration === undefined || unit === undefined) return undefined;
  return said(durationMs({ duration, unit }), ['deploymentConfig', 'timeout', 'duration']);
}

function targetFacts({ targets }: Deployment): Facts['targets'] {
  if (targets === undefined) return undefined;
  return Object.entries(targets).map(([name, target]) => {
    const path = ['targets', name];
    const dependsOn = saidItems(target?.constraints?.dependsOn, [
      ...path,
      'constraints',
      'dependsOn',
    ]);
    return {
      name: normalised(saidByKey(name, path)),
      deployRole: said(target?.deployAsIamRole, [...path, 'deployAsIamRole']),
      region: said(target?.region, [...path, 'region']),
      strategy: normalised(said(target?.strategy, [...path, 'strategy'])),
      dependsOn: dependsOn.map((dependency) => normalised(dependency)),
    };
  });
}

function artifactFacts({ artifacts }: Deployment): Facts['artifacts'] {
  return artifacts?.map((artifact, index) => ({
    functionName: said(artifact?.functionName, ['artifacts', index, 'functionName']),
  }));
}

type Artifact = NonNullable<Deployment['artifacts']>[number];

function packageFact(artifact: Artifact, index: number): Facts['packages'][number] {
  const at: Path = ['artifacts', index, 'path'];
  const path = said(artifact?.path, at);
  const location = path && packageLocation(path.value);
  return {
    functionName: said(artifact?.functionName, ['artifacts', index, 'functionName']),
    ...(path && { path }),
    bucket: said(location?.bucket, at),
    key: said(location?.key, at),
  };
}

function functionFacts({ providerOptions }: Deployment): Facts['functions'] {
  return providerOptions?.lambda?.map((option = {}, index) => {
    const path = ['providerOptions', 'lambda', index];
    return {
      target: normalised(said(option.target, [...path, 'target'])),
      name: said(option.name, [...path, 'name']),
      role: said(option.runAsIamRole, [...path, 'runAsIamRole']),
      settings: settingsFacts(option, path),
    };
  });
}
