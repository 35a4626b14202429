import { durationText } from '../../domain/durations.js';
import { MAX_WAIT_MS } from '../../domain/plan.js';
import { atKey, atValue, type Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { oneOf } from '../shape/wording.js';
import { exampleSteps } from './exampleParts.js';
import type { Facts, PauseFact, Said, StepFact } from './facts.js';
import type { Rule } from './rule.js';
import { stepsOf } from './stepLists.js';

/** An expiry that nobody can be expected to notice and answer in. */
const SHORT_APPROVAL_MS = 60_000;

/** A pause is one of two things, and says which. */
export const pauseForm: Rule = {
  code: 'pause-form',
  inEditor: true,
  reason:
    'A pause waits either for a time (duration and unit) or for a person (untilApproved, perhaps with requiresRoles and approvalExpiration).',
  wrong: exampleSteps('[{pause: {duration: 5, unit: minutes, untilApproved: true}}]'),
  right: exampleSteps('[{pause: {duration: 5, unit: minutes}}, {pause: {untilApproved: true}}]'),
  breaches: (facts) => pausesOf(facts).flatMap(badForm),
};

export const pauseDuration: Rule = {
  code: 'pause-duration',
  reason: 'Nobody waits longer than a year.',
  wrong: exampleSteps('[{pause: {duration: 9000, unit: hours}}]'),
  right: exampleSteps('[{pause: {duration: 90, unit: minutes}}]'),
  breaches: (facts) =>
    pausesOf(facts).flatMap(({ durationMs }) => tooLong('The pause', durationMs)),
};

export const approvalExpiration: Rule = {
  code: 'approval-expiration',
  reason: 'Nobody waits longer than a year.',
  wrong: exampleSteps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 9000, unit: hours}}}]',
  ),
  right: exampleSteps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 24, unit: hours}}}]',
  ),
  breaches: (facts) =>
    pausesOf(facts).flatMap(({ expiresAfterMs }) =>
      tooLong('The time for the approval', expiresAfterMs),
    ),
};

export const shortApproval: Rule = {
  code: 'short-approval',
  severity: 'warning',
  reason: 'Nobody notices a request, looks at what it is about and answers in less than a minute.',
  wrong: exampleSteps(
    '[{pause: {untilApproved: true, approvalExpiration: {duration: 30, unit: seconds}}}]',
  ),
  right: exampleSteps(
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
const KNOWN = new Set([...TIMED, ...APPROVED, 'untilApproved']);

function badForm({ place: { path }, keys, untilApproved }: PauseFact): Breach[] {
  // A key that is misspelt has been told, and is what is missing.
  if (!keys.every((key) => KNOWN.has(key))) return [];
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
