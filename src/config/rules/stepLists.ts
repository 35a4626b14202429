import { quoted } from '../quoted.js';
import type { Facts, Said, StepFact } from './facts.js';

/** A list of steps and what it belongs to. */
interface OwnedSteps {
  /** Begins a sentence: `The strategy "gradual"`. */
  owner: string;
  steps: StepFact[];
  /** Whether the steps come before anything is written. */
  beforeDeployment?: true;
  /** Whether the steps run side by side, not one after the other. */
  sideBySide?: true;
}

/** Many rules look at them. */
const known = new WeakMap<Facts, OwnedSteps[]>();

export function stepLists(facts: Facts): OwnedSteps[] {
  const lists = known.get(facts) ?? listsOf(facts);
  known.set(facts, lists);
  return lists;
}

function listsOf({ targets = [], strategies = [] }: Facts): OwnedSteps[] {
  return [
    ...strategies.map(({ name, steps }) => ({
      owner: `The strategy ${quoted(name.value)}`,
      steps,
    })),
    ...targets.flatMap(({ name, before, after }): OwnedSteps[] => [
      {
        owner: `beforeDeployment of the target ${quoted(name.value)}`,
        steps: before,
        beforeDeployment: true,
        sideBySide: true,
      },
      {
        owner: `afterDeployment of the target ${quoted(name.value)}`,
        steps: after,
        sideBySide: true,
      },
    ]),
  ];
}

/** The steps of all lists. */
export function stepsOf(facts: Facts): StepFact[] {
  return stepLists(facts).flatMap(({ steps }) => steps);
}

/** The values of the contexts that steps have of their own. */
export function stepValues(facts: Facts): Said<string>[] {
  return stepsOf(facts).flatMap(({ webhook, analysis }) => [
    ...(webhook?.values ?? []),
    ...(analysis?.values ?? []),
  ]);
}
