import { normalName } from '../../domain/naming.js';
import type { Path } from '../path.js';
import { said, saidItems, type AliasFact } from '../rules/facts.js';
import type { Draft } from './draft.js';
import type { WrittenDeployment } from './schema.js';

type TrafficManagement = Draft<NonNullable<WrittenDeployment['trafficManagement']>>;

/**
 * The most aliases that the rules look at. No file is large enough for as many functions, so among
 * so many some have no function, and the rules say that.
 */
const MAX_ALIASES = 50_000;

/** Each alias at each of its targets. */
export function aliasFacts(trafficManagement: TrafficManagement = []): AliasFact[] {
  const facts: AliasFact[] = [];
  for (const [index, traffic] of trafficManagement.entries())
    for (const fact of entryFacts(traffic, ['trafficManagement', index])) {
      if (facts.length === MAX_ALIASES) return facts;
      facts.push(fact);
    }
  return facts;
}

function* entryFacts(traffic: TrafficManagement[number], path: Path): Generator<AliasFact> {
  const aliases = saidItems(traffic?.alias, [...path, 'alias']);
  for (const target of saidItems(traffic?.targets, [...path, 'targets']))
    for (const { value, place } of aliases)
      yield {
        target: { ...target, value: normalName(target.value) },
        functionName: said(value.functionName, [...place.path, 'functionName']),
        name: said(value.aliasName, [...place.path, 'aliasName']),
      };
}

/** Whether a function for which no alias was read has none. */
export function hasAllAliases(file: Draft<WrittenDeployment>): boolean {
  if (file.trafficManagement === undefined) return !('trafficManagement' in file);
  return file.trafficManagement.every(
    (traffic) =>
      traffic?.targets?.every((target) => target !== undefined) === true &&
      traffic.alias?.every((alias) => alias?.functionName !== undefined) === true,
  );
}
