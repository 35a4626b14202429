import type { Path } from '../path.js';
import { said, saidByKey, type StepFact, type StrategyFact } from '../rules/facts.js';
import type { Draft } from './draft.js';
import { normalName } from './meaning.js';
import type { WrittenDeployment } from './schema.js';
import type { WrittenStep } from './steps.js';

/** What the strategies of a file say. */
export function strategyFacts(
  strategies: Draft<WrittenDeployment>['strategies'],
): StrategyFact[] | undefined {
  if (strategies === undefined) return undefined;
  return Object.entries(strategies).map(([name, strategy]) => {
    const path = ['strategies', name];
    const steps = strategy?.canary?.steps ?? [];
    return {
      name: saidByKey(normalName(name), path),
      steps: steps.flatMap((step, index) => stepFact(step, [...path, 'canary', 'steps', index])),
    };
  });
}

function stepFact(step: Draft<WrittenStep> | undefined, path: Path): StepFact | [] {
  if (step === undefined) return [];
  const { setWeight } = step;
  const weightPath = [...path, 'setWeight'];
  return {
    place: { path, part: 'key' },
    kinds: Object.keys(step),
    weight:
      typeof setWeight === 'object'
        ? said(setWeight.weight, [...weightPath, 'weight'])
        : said(setWeight, weightPath),
  };
}
