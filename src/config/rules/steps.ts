import { durationText } from '../../domain/durations.js';
import { MAX_STEPS } from '../../domain/plan.js';
import { exampleSteps } from './exampleParts.js';
import type { Facts, Said } from './facts.js';
import type { Rule } from './rule.js';
import { stepLists, stepsOf } from './stepLists.js';

/** An entry with two steps leaves open which comes first. */
export const oneStepPerEntry: Rule = {
  code: 'one-step-per-entry',
  inEditor: true,
  reason:
    'Steps are entries of a list. An entry with two of them leaves open which one comes first.',
  wrong: exampleSteps('[{setWeight: 25, pause: {duration: 5, unit: minutes}}]'),
  right: exampleSteps('[{setWeight: 25}, {pause: {duration: 5, unit: minutes}}]'),
  breaches: (facts) =>
    stepsOf(facts)
      .filter((step) => step.kinds.length !== 1)
      .map(({ place, kinds }) => ({
        place,
        message: `This entry has ${kinds.length === 0 ? 'no step' : `${kinds.length} steps`}, and an entry is one step.`,
        remedy: 'Begin each step with a hyphen of its own.',
      })),
};

export const tooManySteps: Rule = {
  code: 'too-many-steps',
  inEditor: true,
  reason: `A list of steps has at most ${MAX_STEPS}: the history of a Temporal workflow has an end.`,
  wrong: exampleSteps('[{setWeight: 0.5}, {setWeight: 1}, {setWeight: 1.5}, …]'),
  right: exampleSteps('[{setWeight: 1}, {setWeight: 10}, {setWeight: 50}]'),
  abridged: true,
  breaches: (facts) =>
    stepLists(facts).flatMap(({ owner, steps }) => {
      const first = steps[MAX_STEPS];
      if (first === undefined) return [];
      const message = `${owner} has ${steps.length} steps, and the most it may have is ${MAX_STEPS}.`;
      return [{ place: first.place, message, remedy: 'Leave some steps out.' }];
    }),
};

export const positiveDuration: Rule = {
  code: 'positive-duration',
  inEditor: true,
  reason:
    'A pause or an interval of no time is none, and what expires at once can never be given in time.',
  wrong: exampleSteps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 0, unit: hours}}}]',
  ),
  right: exampleSteps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 8, unit: hours}}}]',
  ),
  breaches: (facts) =>
    timesOf(facts)
      .filter(({ value }) => value <= 0)
      .map(({ value, place }) => ({
        place,
        message: `The time is ${durationText(value)}, and must be more than 0.`,
        remedy: 'Write a number greater than 0.',
      })),
};

function timesOf(facts: Facts): Said<number>[] {
  const steps = stepsOf(facts).flatMap(({ pause, analysis }) => [
    pause?.durationMs,
    pause?.expiresAfterMs,
    analysis?.intervalMs,
  ]);
  return [facts.timeoutMs, ...steps].filter((time) => time !== undefined);
}
