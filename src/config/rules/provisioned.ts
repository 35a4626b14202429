import { pairKey } from '../grouping.js';
import { quoted } from '../quoted.js';
import { exampleOption } from './exampleParts.js';
import { withoutArtifact } from './functions.js';
import type { Rule } from './rule.js';

export const provisionedConcurrency: Rule = {
  code: 'provisioned-concurrency',
  inEditor: true,
  reason:
    'Lambda keeps a whole number of execution environments ready, 1 at least (API reference: PutProvisionedConcurrencyConfig). 0 takes them away.',
  wrong: exampleOption('runtime: nodejs24.x', 'provisionedConcurrency: -1'),
  right: exampleOption('runtime: nodejs24.x', 'provisionedConcurrency: 20'),
  breaches: ({ functions = [] }) =>
    functions.flatMap(({ provisionedConcurrency: given }) => {
      if (given === undefined || given.value >= 0) return [];
      const message = `The provisionedConcurrency is ${given.value}, and Lambda keeps 1 or more environments ready, or none.`;
      return [{ place: given.place, message, remedy: 'Write a number from 1 on, or 0 for none.' }];
    }),
};

export const provisionedWithoutAlias: Rule = {
  code: 'provisioned-without-alias',
  reason:
    'Lambda keeps environments ready for published versions and never for $LATEST (Lambda developer guide: Configuring provisioned concurrency), and traffic reaches a version by an alias.',
  wrong: `${exampleOption('runtime: nodejs24.x', 'provisionedConcurrency: 20')}
trafficManagement: []`,
  right: `${exampleOption('runtime: nodejs24.x', 'provisionedConcurrency: 20')}
trafficManagement:
  - {targets: [production], alias: [{functionName: orders, aliasName: live}]}`,
  breaches(facts) {
    const { functions = [], aliases, aliasesComplete } = facts;
    if (!aliasesComplete) return [];
    const withAlias = new Set(
      aliases.map(({ target, functionName }) => pairKey(target.value, functionName?.value)),
    );
    // Where an alias names what there is not, it is known already which function lacks one.
    const deployed = new Set(functions.map((one) => pairKey(one.target?.value, one.name?.value)));
    if ([...withAlias].some((pair) => !deployed.has(pair))) return [];
    const misspelt = new Set(withoutArtifact(facts));
    return functions.flatMap((one) => {
      const { target, name, provisionedConcurrency: given } = one;
      if (given === undefined || given.value <= 0 || misspelt.has(one)) return [];
      if (target === undefined || name === undefined) return [];
      if (withAlias.has(pairKey(target.value, name.value))) return [];
      const message = `${name.value} has no alias at the target ${quoted(target.value)}, so $LATEST serves its traffic, for which Lambda keeps no environments ready.`;
      const remedy = 'Name its alias under trafficManagement, or remove provisionedConcurrency.';
      return [{ place: given.place, message, remedy }];
    });
  },
};
