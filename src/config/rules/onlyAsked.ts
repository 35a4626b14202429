import type { ArtifactFact, Facts, StepFact, TargetFact } from './facts.js';

/**
 * What is said of the targets that are asked for, as if the others were not there: what only others
 * use is left out with them, and nobody waits for them.
 */
export function onlyAsked(facts: Facts): Facts {
  const { filters, targets, strategies = [] } = facts;
  if (filters === undefined || targets === undefined) return facts;
  const asked = new Set(filters.map(({ value }) => value));
  const [kept, left] = parted(targets, ({ name }) => asked.has(name.value));
  if (left.length === 0) return facts;
  const gone = new Set(left.map(({ name }) => name.value));
  const [ownFunctions, otherFunctions] = parted(
    facts.functions ?? [],
    ({ target }) => !gone.has(target?.value ?? ''),
  );
  const usesStrategy = usage(strategyNames(kept), strategyNames(left));
  const [ownStrategies, otherStrategies] = parted(strategies, ({ name }) =>
    usesStrategy(name.value),
  );
  const [own, others] = [
    [...stepsOfTargets(kept), ...ownStrategies.flatMap(({ steps }) => steps)],
    [...stepsOfTargets(left), ...otherStrategies.flatMap(({ steps }) => steps)],
  ];
  const usesFunction = usage(functionNames(ownFunctions), functionNames(otherFunctions));
  const isUsed = ({ functionName, target }: ArtifactFact) =>
    !gone.has(target?.value ?? '') && usesFunction(functionName?.value);
  const usesWebhook = usage(own.flatMap(webhookNames), others.flatMap(webhookNames));
  const usesQuery = usage(own.flatMap(queryNames), others.flatMap(queryNames));
  return {
    ...facts,
    leftOut: gone,
    targets: kept.map((target) => withoutDependencies(target, gone)),
    strategies: facts.strategies && ownStrategies,
    artifacts: facts.artifacts?.filter(isUsed),
    packages: facts.packages.filter(isUsed),
    functions: facts.functions && ownFunctions,
    aliases: facts.aliases.filter(({ target }) => !gone.has(target.value)),
    webhooks: facts.webhooks?.filter(({ name }) => usesWebhook(name?.value)),
    queries: facts.queries?.filter(({ name }) => usesQuery(name?.value)),
  };
}

/** Tells of a name whether it stays: unless it is the others' alone. */
function usage(own: readonly string[], others: readonly string[]) {
  const [ours, theirs] = [new Set(own), new Set(others)];
  return (name: string | undefined) => name === undefined || ours.has(name) || !theirs.has(name);
}

function parted<Item>(items: readonly Item[], stays: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(stays), items.filter((item) => !stays(item))];
}

function withoutDependencies(target: TargetFact, gone: ReadonlySet<string>): TargetFact {
  return { ...target, dependsOn: target.dependsOn.filter(({ value }) => !gone.has(value)) };
}

function strategyNames(targets: readonly TargetFact[]): string[] {
  return targets.flatMap(({ strategy }) => strategy?.value ?? []);
}

function functionNames(functions: NonNullable<Facts['functions']>): string[] {
  return functions.flatMap(({ name }) => name?.value ?? []);
}

function stepsOfTargets(targets: readonly TargetFact[]): StepFact[] {
  return targets.flatMap(({ before, after }) => [...before, ...after]);
}

function webhookNames({ webhook }: StepFact): string[] {
  return webhook?.name === undefined ? [] : [webhook.name.value];
}

function queryNames({ analysis }: StepFact): string[] {
  return (analysis?.queries ?? []).map(({ value }) => value);
}
