import { defined } from '../../domain/defined.js';
import type { FunctionPlan } from '../../domain/plan.js';
import { normalName } from '../../domain/naming.js';
import { groupBy, pairKey } from '../grouping.js';
import { packageOf } from '../written/meaning.js';
import { wideOf } from './wideOf.js';
import type { WrittenDeployment } from '../written/schema.js';

type Artifact = WrittenDeployment['artifacts'][number];
type ProviderOption = WrittenDeployment['providerOptions']['lambda'][number];

/**
 * What is deployed to a target, in the order of the provider options.
 *
 * @param file - written out: each entry is for one target
 */
export function functionsByTarget(file: WrittenDeployment): (target: string) => FunctionPlan[] {
  const artifactOf = artifactsOf(file);
  const aliases = aliasesOf(file);
  const options = groupBy(file.providerOptions.lambda, ({ target = '' }) => normalName(target));
  return (target) =>
    (options.get(target) ?? []).map((option) =>
      functionOf(option, artifactOf(target, option.name), aliases.get(target)),
    );
}

function functionOf(
  { target: _target, targets: _targets, name, keepVersions, ...option }: ProviderOption,
  artifact: Artifact | undefined,
  aliases: ReadonlyMap<string, string> | undefined,
): FunctionPlan {
  const { runAsIamRole: role, provisionedConcurrency, ...rest } = option;
  const planned = artifact && packageOf(artifact);
  if (planned === undefined) throw new Error(`A rule should have refused the package of ${name}`);
  if (role === undefined) throw new Error(`A rule should have refused the settings of ${name}`);
  const { functionWide, settings } = wideOf(rest);
  return {
    name,
    package: planned,
    settings: { role, ...settings },
    ...defined({
      functionWide,
      alias: aliases?.get(name),
      replacedCode: artifact?.replacedCode,
      provisionedConcurrency,
      keepVersions,
    }),
  };
}

/** The artifact of a function at a target. */
function artifactsOf({ artifacts }: WrittenDeployment) {
  const known = new Map<string, Artifact>();
  for (const artifact of artifacts)
    for (const target of artifact.targets ?? [undefined])
      known.set(pairKey(target, artifact.functionName), artifact);
  return (target: string, name: string) =>
    known.get(pairKey(target, name)) ?? known.get(pairKey(undefined, name));
}

/** The alias of each function, by target. */
function aliasesOf({
  trafficManagement = [],
}: WrittenDeployment): Map<string, Map<string, string>> {
  const aliases = new Map<string, Map<string, string>>();
  for (const { targets = [], alias } of trafficManagement)
    for (const target of targets.map(normalName)) {
      const known = aliases.get(target) ?? new Map<string, string>();
      for (const { functionName, aliasName } of alias) known.set(functionName, aliasName);
      aliases.set(target, known);
    }
  return aliases;
}
