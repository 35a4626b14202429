import { MAX_STEPS, MAX_WAIT_MS } from '../../domain/plan.js';
import { durationText } from '../../domain/durations.js';
import { atKey, atValue, type Breach } from '../findings.js';
import { quoted } from '../printable.js';
import { oneOf } from '../shape/wording.js';
import type { Facts, PauseFact, Said, StepFact } from './facts.js';
import type { Rule } from './rule.js';
import { stepLists, stepsOf } from './stepLists.js';

/** An expiry that nobody can be expected to notice and answer in. */
const SHORT_APPROVAL_MS = 60_000;

const steps = (list: string) => `strategies: {gradual: {canary: {steps: ${list}}}}`;

/** An entry with two steps leaves open which comes first. */
export const oneStepPerEntry: Rule = {
  code: 'one-step-per-entry',
  inEditor: true,
  reason:
    'Steps are entries of a list. An entry with two of them leaves open which one comes first.',
  wrong: steps('[{setWeight: 25, pause: {duration: 5, unit: minutes}}]'),
  right: steps('[{setWeight: 25}, {pause: {duration: 5, unit: minutes}}]'),
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
  wrong: steps('[{setWeight: 0.5}, {setWeight: 1}, {setWeight: 1.5}, …]'),
  right: steps('[{setWeight: 1}, {setWeight: 10}, {setWeight: 50}]'),
  abridged: true,
  breaches: (facts) =>
    stepLists(facts).flatMap(({ owner, steps }) => {
      const first = steps[MAX_STEPS];
      if (first === undefined) return [];
      const message = `${owner} has ${steps.length} steps, and the most it may have is ${MAX_STEPS}.`;
      return [{ place: first.place, message, remedy: 'Leave some steps out.' }];
    }),
};

/** A pause is one of two things, and says which. */
export const pauseForm: Rule = {
  code: 'pause-form',
  inEditor: true,
  reason:
    'A pause waits either for a time (duration and unit) or for a person (untilApproved, perhaps with requiresRoles and approvalExpiration).',
  wrong: steps('[{pause: {duration: 5, unit: minutes, untilApproved: true}}]'),
  right: steps('[{pause: {duration: 5, unit: minutes}}, {pause: {untilApproved: true}}]'),
  breaches: (facts) => pausesOf(facts).flatMap(badForm),
};

export const positiveDuration: Rule = {
  code: 'positive-duration',
  inEditor: true,
  reason:
    'A pause or an interval of no time is none, and what expires at once can never be given in time.',
  wrong: steps('[{pause: {untilApproved: true, approvalExpiration: {duration: 0, unit: hours}}}]'),
  right: steps('[{pause: {untilApproved: true, approvalExpiration: {duration: 8, unit: hours}}}]'),
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

export const pauseDuration: Rule = {
  code: 'pause-duration',
  reason: 'Nobody waits longer than a year.',
  wrong: steps('[{pause: {duration: 9000, unit: hours}}]'),
  right: steps('[{pause: {duration: 90, unit: minutes}}]'),
  breaches: (facts) =>
    pausesOf(facts).flatMap(({ durationMs }) => tooLong('The pause', durationMs)),
};

export const approvalExpiration: Rule = {
  code: 'approval-expiration',
  reason: 'Nobody waits longer than a year.',
  wrong: steps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 9000, unit: hours}}}]',
  ),
  right: steps('[{pause: {untilApproved: true, approvalExpiration: {duration: 24, unit: hours}}}]'),
  breaches: (facts) =>
    pausesOf(facts).flatMap(({ expiresAfterMs }) =>
      tooLong('The time for the approval', expiresAfterMs),
    ),
};

export const shortApproval: Rule = {
  code: 'short-approval',
  severity: 'warning',
  reason: 'Nobody notices a request, looks at what it is about and answers in less than a minute.',
  wrong: steps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 30, unit: seconds}}}]',
  ),
  right: steps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 30, unit: minutes}}}]',
  ),
  breaches: (facts) =>
    pausesOf(facts).flatMap(({ expiresAfterMs }) => {
      if (expiresAfterMs === undefined) return [];
      const { value, place } = expiresAfterMs;
      if (value <= 0 || value >= SHORT_APPROVAL_MS) return [];
      const message = `The approval expires after ${durationText(value)}, which nobody can answer in.`;
      return [{ place, message, remedy: 'Give people at least a minute.' }];
    }),
};

function pausesOf(facts: Facts): PauseFact[] {
  return stepsOf(facts).flatMap(({ pause }: StepFact) => pause ?? []);
}

/** What a pause for a time has, and what one for a person may have. */
const TIMED = ['duration', 'unit'];
const APPROVED = ['requiresRoles', 'approvalExpiration'];

function badForm({ place: { path }, keys, untilApproved }: PauseFact): Breach[] {
  const foreign = keys.filter((key) => !TIMED.includes(key));
  const missing = TIMED.filter((key) => !keys.includes(key));
  if (foreign.length === 0 && missing.length < TIMED.length)
    return missing.map((key) =>
      atKey(path, `The pause has no ${key}.`, `Add its ${key}, such as ${EXAMPLES[key]}.`),
    );
  if (untilApproved?.value === false)
    return [atValue(untilApproved.place.path, 'This pause waits for nobody.', APPROVAL_OR_TIME)];
  if (!keys.includes('untilApproved')) return [atKey(path, missingWhat(keys), APPROVAL_OR_TIME)];
  return keys
    .filter((key) => TIMED.includes(key))
    .slice(0, 1)
    .map((key) =>
      atKey([...path, key], 'A pause until somebody approves has no duration.', APPROVAL_OR_TIME),
    );
}

const EXAMPLES: Record<string, string> = { duration: '5', unit: 'minutes' };

const APPROVAL_OR_TIME =
  'Write {untilApproved: true}, with {approvalExpiration: …} where it should expire, or {duration: 5, unit: minutes}.';

function missingWhat(keys: readonly string[]): string {
  const dangling = keys.filter((key) => APPROVED.includes(key)).map(quoted);
  return dangling.length === 0
    ? 'The pause does not say what it waits for.'
    : `${oneOf(dangling)} belongs to a pause until somebody approves.`;
}

function tooLong(subject: string, waitMs: Said<number> | undefined): Breach[] {
  if (waitMs === undefined || waitMs.value <= MAX_WAIT_MS) return [];
  const { value, place } = waitMs;
  const message = `${subject} is ${durationText(value)}, and the most is 365 days.`;
  return [{ place, message, remedy: 'Write a time that somebody waits.' }];
}
