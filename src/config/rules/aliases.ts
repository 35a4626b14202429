import type { Breach } from '../findings.js';
import { quoted } from '../printable.js';
import type { AliasFact, Facts } from './facts.js';
import type { Rule } from './rule.js';

export const aliasWithoutFunction: Rule = {
  code: 'alias-without-function',
  breaches({ targets = [], functions = [], aliases }) {
    const names = new Set(targets.map((target) => target.name.value));
    const deployed = new Set(functions.map((each) => pair(each.target?.value, each.name?.value)));
    // Where a target deploys something unreadable, it may be this.
    const unsure = new Set(
      functions.filter((each) => !each.name).map((each) => each.target?.value),
    );
    const known = aliases.filter(
      ({ target }) => names.has(target.value) && !unsure.has(target.value),
    );
    return known.flatMap((alias) => withoutFunction(alias, deployed));
  },
};

export const secondAlias: Rule = {
  code: 'second-alias',
  breaches: ({ aliases }: Facts) => {
    const seen = new Set<string>();
    return aliases.flatMap(({ target, functionName, name }) => {
      if (functionName === undefined) return [];
      const key = pair(target.value, functionName.value);
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
  },
};

function withoutFunction(
  { target, functionName }: AliasFact,
  deployed: ReadonlySet<string>,
): Breach[] {
  if (functionName === undefined || deployed.has(pair(target.value, functionName.value))) return [];
  const { value, place } = functionName;
  const message = `The target ${quoted(target.value)} does not deploy the function ${quoted(value)}.`;
  const remedy = 'Name a function that has an entry for the target under providerOptions.';
  return [{ place, message, remedy }];
}

function pair(target: string | undefined, functionName: string | undefined): string {
  return JSON.stringify([target, functionName]);
}
