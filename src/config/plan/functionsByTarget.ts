import { defined } from '../../domain/defined.js';
import type { FunctionPlan } from '../../domain/plan.js';
import { normalName } from '../../domain/naming.js';
import { groupBy } from '../grouping.js';
import { packageLocation } from '../written/meaning.js';
import type { WrittenDeployment } from '../written/schema.js';

type Artifact = WrittenDeployment['artifacts'][number];
type ProviderOption = WrittenDeployment['providerOptions']['lambda'][number];

/** What is deployed to each target, in the order of the provider options. */
export function functionsByTarget(file: WrittenDeployment): Map<string, FunctionPlan[]> {
  const artifacts = new Map(file.artifacts.map((one) => [one.functionName, one]));
  const aliases = aliasesOf(file);
  const options = groupBy(file.providerOptions.lambda, (option) => normalName(option.target));
  const plans = [...options].map(
    ([target, group]) =>
      [target, group.map((option) => functionOf(option, artifacts, aliases.get(target)))] as const,
  );
  return new Map(plans);
}

function functionOf(
  { target: _target, name, runAsIamRole, provisionedConcurrency, ...settings }: ProviderOption,
  artifacts: ReadonlyMap<string, Artifact>,
  aliases: ReadonlyMap<string, string> | undefined,
): FunctionPlan {
  const { path = '', replacedCode } = artifacts.get(name) ?? {};
  const location = packageLocation(path);
  if (location === undefined) throw new Error(`A rule should have refused the package of ${name}`);
  const alias = aliases?.get(name);
  return {
    name,
    package: location,
    settings: { role: runAsIamRole, ...settings },
    ...defined({ alias, replacedCode, provisionedConcurrency }),
  };
}

/** The alias of each function, by target. */
function aliasesOf({
  trafficManagement = [],
}: WrittenDeployment): Map<string, Map<string, string>> {
  const aliases = new Map<string, Map<string, string>>();
  for (const { targets, alias } of trafficManagement)
    for (const target of targets.map(normalName)) {
      const known = aliases.get(target) ?? new Map<string, string>();
      for (const { functionName, aliasName } of alias) known.set(functionName, aliasName);
      aliases.set(target, known);
    }
  return aliases;
}
