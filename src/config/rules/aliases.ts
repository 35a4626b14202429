import { oncePerPlace, type Breach } from '../findings.js';
import { pairKey } from '../grouping.js';
import { quoted } from '../quoted.js';
import type { AliasFact, Facts } from './facts.js';
import { withoutArtifact } from './functions.js';
import type { Rule } from './rule.js';

export const aliasWithoutFunction: Rule = {
  code: 'alias-without-function',
  reason:
    'The alias would carry no traffic. Mostly the name of the function is misspelt, and then the real function would take all traffic at once.',
  wrong: `trafficManagement:
  - targets: [production]
    alias: [{functionName: order, aliasName: live}]`,
  right: `trafficManagement:
  - targets: [production]
    alias: [{functionName: orders, aliasName: live}]`,
  breaches(facts) {
    const { targets = [], functions, aliases } = facts;
    // A function whose target could not be read may be deployed to any of them.
    if (functions === undefined || functions.some((each) => !each.target)) return [];
    const names = new Set(targets.map((target) => target.name.value));
    const deployed = new Set(
      functions.map((each) => pairKey(each.target?.value, each.name?.value)),
    );
    // The same where the name of a target is misspelt.
    if (functions.some(({ target }) => !names.has(target?.value ?? ''))) return [];
    // Where a target deploys something unreadable, or misspelt, it may be this.
    const unclear = [...functions.filter((each) => !each.name), ...withoutArtifact(facts)];
    const unsure = new Set(unclear.map((each) => each.target?.value));
    const known = aliases.filter(
      ({ target }) => names.has(target.value) && !unsure.has(target.value),
    );
    return oncePerPlace(known.flatMap((alias) => withoutFunction(alias, deployed)));
  },
};

export const secondAlias: Rule = {
  code: 'second-alias',
  reason:
    'Traffic is shifted over one alias of a function at a target, and it has to be clear which.',
  wrong: `trafficManagement:
  - targets: [production]
    alias:
      - {functionName: orders, aliasName: live}
      - {functionName: orders, aliasName: next}`,
  right: `trafficManagement:
  - targets: [production]
    alias:
      - {functionName: orders, aliasName: live}`,
  breaches: ({ aliases }: Facts) => {
    const seen = new Set<string>();
    const breaches = aliases.flatMap(({ target, functionName, name }) => {
      if (functionName === undefined) return [];
      const key = pairKey(target.value, functionName.value);
      if (seen.has(key))
        return [
          {
            place: (name ?? functionName).place,
            message: `The function ${quoted(functionName.value)} has an alias at the target ${quoted(target.value)} already.`,
            remedy: 'Keep the alias that carries the traffic.',
          },
        ];
      seen.add(key);
      return [];
    });
    return oncePerPlace(breaches);
  },
};

function withoutFunction(
  { target, functionName }: AliasFact,
  deployed: ReadonlySet<string>,
): Breach[] {
  if (functionName === undefined || deployed.has(pairKey(target.value, functionName.value)))
    return [];
  const { value, place } = functionName;
  const message = `The target ${quoted(target.value)} does not deploy the function ${quoted(value)}.`;
  const remedy = 'Name a function that has an entry for the target under providerOptions.';
  return [{ place, message, remedy }];
}
