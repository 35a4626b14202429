import type { Breach } from '../findings.js';
import type { Said, StrategyFact } from './facts.js';
import type { Rule } from './rule.js';

export const weightRange: Rule = {
  code: 'weight-range',
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
  breaches: ({ strategies = [] }) => strategies.flatMap(notIncreasing),
};

/** An entry with two steps leaves open which comes first. */
export const oneStepPerEntry: Rule = {
  code: 'one-step-per-entry',
  breaches: ({ strategies = [] }) =>
    strategies
      .flatMap((strategy) => strategy.steps)
      .filter((step) => step.kinds.length !== 1)
      .map(({ place, kinds }) => ({
        place,
        message: `This entry has ${kinds.length === 0 ? 'no step' : `${kinds.length} steps`}, and an entry is one step.`,
        remedy: 'Begin each step with a hyphen of its own.',
      })),
};

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
    const message = `The weight ${value} comes after ${before}, and weights must increase.`;
    return [{ place, message, remedy: 'Put the smaller weight first, or remove one of the two.' }];
  });
}
