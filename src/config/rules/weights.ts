import type { Breach } from '../findings.js';
import { pairKey } from '../grouping.js';
import { quoted } from '../quoted.js';
import type { Said, StrategyFact } from './facts.js';
import { withoutArtifact } from './functions.js';
import type { Rule } from './rule.js';

export const weightRange: Rule = {
  code: 'weight-range',
  inEditor: true,
  reason: 'A weight is a percentage of the traffic.',
  wrong: 'strategies: {gradual: {canary: {steps: [{setWeight: 250}]}}}',
  right: 'strategies: {gradual: {canary: {steps: [{setWeight: 25}]}}}',
  breaches: ({ strategies = [] }) =>
    strategies
      .flatMap(weightsOf)
      .filter(isOutside)
      .map(({ value, place }) => ({
        place,
        message: `The weight is ${value}, and a weight is a percentage from 0 to 100.`,
        remedy: 'Write a number from 0 to 100.',
      })),
};

export const weightOrder: Rule = {
  code: 'weight-order',
  severity: 'warning',
  reason:
    'A canary goes from the old version to the new one. A step that takes traffic back, or changes nothing, is mostly a slip.',
  wrong: 'strategies: {gradual: {canary: {steps: [{setWeight: 50}, {setWeight: 25}]}}}',
  right: 'strategies: {gradual: {canary: {steps: [{setWeight: 25}, {setWeight: 50}]}}}',
  breaches: ({ strategies = [] }) => strategies.flatMap(notIncreasing),
};

/** The functions that take all traffic at once although the strategy has shares for them. */
export const weightWithoutAlias: Rule = {
  code: 'weight-without-alias',
  severity: 'warning',
  reason:
    'Traffic is shared between versions by an alias. A function without one takes all traffic at the first weight above 0.',
  wrong: `strategies: {gradual: {canary: {steps: [{setWeight: 25}]}}}
trafficManagement: []`,
  right: `strategies: {gradual: {canary: {steps: [{setWeight: 25}]}}}
trafficManagement:
  - {targets: [production], alias: [{functionName: orders, aliasName: live}]}`,
  breaches(facts) {
    const { targets = [], strategies = [], functions = [], aliases, aliasesComplete } = facts;
    if (!aliasesComplete) return [];
    const weights = new Map(strategies.map((each) => [each.name.value, partialWeight(each)]));
    const strategyOf = new Map(targets.map(({ name, strategy }) => [name.value, strategy?.value]));
    const withAlias = new Set(
      aliases.map(({ target, functionName }) => pairKey(target.value, functionName?.value)),
    );
    // Where an alias names what there is not, it is known already which function lacks one.
    const deployed = new Set(functions.map((one) => pairKey(one.target?.value, one.name?.value)));
    if ([...withAlias].some((pair) => !deployed.has(pair))) return [];
    const misspelt = new Set(withoutArtifact(facts));
    const clear = functions.filter((each) => !misspelt.has(each));
    return clear.flatMap(({ target, name }) => {
      const strategy = strategyOf.get(target?.value ?? '');
      const weight = weights.get(strategy ?? '');
      if (name === undefined || strategy === undefined || weight === undefined) return [];
      if (withAlias.has(pairKey(target?.value, name.value))) return [];
      const message = `${name.value} has no alias at the target ${quoted(target?.value ?? '')}, so the weight ${weight} of the strategy ${quoted(strategy)} gives it all traffic.`;
      const remedy = 'Name its alias under trafficManagement, or use a strategy without shares.';
      return [{ place: name.place, message, remedy }];
    });
  },
};

/** The first weight that gives the new version a share of the traffic, and not all or nothing. */
function partialWeight(strategy: StrategyFact): number | undefined {
  return weightsOf(strategy).find(({ value }) => value > 0 && value < 100)?.value;
}

function weightsOf({ steps }: StrategyFact): Said<number>[] {
  return steps.flatMap((step) => step.weight ?? []);
}

function isOutside({ value }: Said<number>): boolean {
  return value < 0 || value > 100;
}

function notIncreasing(strategy: StrategyFact): Breach[] {
  const weights = weightsOf(strategy);
  return weights.flatMap(({ value, place }, index) => {
    const before = weights[index - 1]?.value;
    if (before === undefined || value > before) return [];
    const message = `The weight ${value} comes after ${before}, and weights should increase.`;
    return [{ place, message, remedy: 'Put the smaller weight first, or remove one of the two.' }];
  });
}
