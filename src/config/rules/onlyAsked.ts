import type { Facts, StepFact, TargetFact } from './facts.js';

/**
 * What is said of the targets that are asked for, as if the others were not there: what only others
 * use is left out with them, and nobody waits for them.
 */
export function onlyAsked(facts: Facts): Facts {
  const { filters, targets } = facts;
  if (filters === undefined || targets === undefined) return facts;
  const asked = new Set(filters.map(({ value }) => value));
  const left = targets.filter(({ name }) => !asked.has(name.value));
  if (left.length === 0) return facts;
  const kept = targets.filter(({ name }) => asked.has(name.value));
  const gone = new Set(left.map(({ name }) => name.value));
  const others = usesOf(facts, left);
  const own = usesOf(facts, kept);
  const stays = (kind: keyof Uses) => (name: string | undefined) =>
    name === undefined || own[kind].has(name) || !others[kind].has(name);
  const [strategy, functionName] = [stays('strategies'), stays('functions')];
  const [webhook, query] = [stays('webhooks'), stays('queries')];
  return {
    ...facts,
    leftOut: gone,
    targets: kept.map((target) => withoutDependencies(target, gone)),
    strategies: facts.strategies?.filter(({ name }) => strategy(name.value)),
    artifacts: facts.artifacts?.filter((each) => functionName(each.functionName?.value)),
    packages: facts.packages.filter((each) => functionName(each.functionName?.value)),
    functions: facts.functions?.filter(({ target }) => !gone.has(target?.value ?? '')),
    aliases: facts.aliases.filter(({ target }) => !gone.has(target.value)),
    webhooks: facts.webhooks?.filter(({ name }) => webhook(name?.value)),
    queries: facts.queries?.filter(({ name }) => query(name?.value)),
  };
}

function withoutDependencies(target: TargetFact, gone: ReadonlySet<string>): TargetFact {
  return { ...target, dependsOn: target.dependsOn.filter(({ value }) => !gone.has(value)) };
}

/** The names of what some targets use. */
type Uses = Record<'strategies' | 'functions' | 'webhooks' | 'queries', ReadonlySet<string>>;

function usesOf(facts: Facts, targets: readonly TargetFact[]): Uses {
  const names = new Set(targets.map(({ name }) => name.value));
  const strategies = new Set(targets.flatMap(({ strategy }) => strategy?.value ?? []));
  const functions = (facts.functions ?? []).filter(({ target }) => names.has(target?.value ?? ''));
  const steps = [
    ...targets.flatMap(({ before, after }) => [...before, ...after]),
    ...(facts.strategies ?? [])
      .filter(({ name }) => strategies.has(name.value))
      .flatMap((strategy) => strategy.steps),
  ];
  return {
    strategies,
    functions: new Set(functions.flatMap(({ name }) => name?.value ?? [])),
    webhooks: new Set(steps.flatMap(({ webhook }) => webhook?.name?.value ?? [])),
    queries: new Set(steps.flatMap(queriesOf)),
  };
}

function queriesOf({ analysis }: StepFact): string[] {
  return (analysis?.queries ?? []).map(({ value }) => value);
}
