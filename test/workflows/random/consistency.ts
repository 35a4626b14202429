import { succeeded, type TargetStatus } from '../../../src/domain/outcomes.js';
import type { FailureCode, Failure } from '../../../src/domain/failures.js';
import { CANCEL_SIGNAL } from '../../../src/domain/names.js';
import { REFUSED } from './calls.js';
import { wrongEffects } from './effects.js';
import type { Played } from './stage.js';
import { wrongSequences } from './sequence.js';

/** Every contradiction between what a deployment says, what the plan says, and what was done. */
export function contradictions(played: Played): string[] {
  return [
    ...wrongCounts(played),
    ...wrongReasons(played),
    ...strangeWrites(played),
    ...wrongEffects(played),
    ...wrongSequences(played),
    ...played.exposed.map((write) => `${write} was live at once by an alias`),
  ];
}

function wrongCounts(played: Played): string[] {
  const { scenario, outcome, summaries } = played;
  const counts: Partial<Record<TargetStatus, number>> = {};
  for (const { status } of summaries) {
    if (status !== undefined) counts[status] = (counts[status] ?? 0) + 1;
  }
  const total = Object.values(outcome.counts).reduce((sum, count) => sum + count, 0);
  const good = summaries.every(
    ({ status, failure }) =>
      status !== undefined && succeeded({ status, ...(failure !== undefined && { failure }) }),
  );
  const failures = summaries.filter(({ failure }) => failure !== undefined).length;
  return [
    ...(total === scenario.plan.targets.length ? [] : [`${total} targets are counted`]),
    ...Object.entries(counts)
      .filter(([status, count]) => outcome.counts[status as TargetStatus] !== count)
      .map(([status, count]) => `${count} targets are ${status}, and are not counted so`),
    ...(good === (outcome.status === 'succeeded') ? [] : [`the whole is ${outcome.status}`]),
    ...wrongWord(played),
    ...(failures === outcome.failures.length ? [] : ['not every failure is reported']),
  ];
}

/** What somebody wanted back is no failure, and nothing else is called so. */
function wrongWord({ outcome: { status }, summaries }: Played): string[] {
  const isWanted = summaries
    .filter((one) => one.failure !== undefined || one.status === 'rollbackFailed')
    .every(
      (one) =>
        one.status !== 'rollbackFailed' &&
        (one.failure?.code === 'rollbackRequested' || one.failure?.code === 'dependencyFailed'),
    );
  const isRight = isWanted ? status !== 'failed' : status !== 'rolledBack';
  return isRight ? [] : [`the whole is called ${status}`];
}

/** Failures that nothing in a scenario can lead to. */
const IMPOSSIBLE: readonly FailureCode[] = [
  'internal',
  'foreignChange',
  'invalidPlan',
  'packageChanged',
  'awsRefused',
];

function wrongReasons(played: Played): string[] {
  return played.summaries.flatMap(({ name, status, failure }) => {
    const outcome = played.outcomes.get(name);
    const told = [failure, ...(outcome?.warnings ?? [])].flatMap((one) => one ?? []);
    return [
      ...told.filter(({ code }) => IMPOSSIBLE.includes(code)).map((one) => one.message),
      ...(outcome !== undefined && outcome.status !== status
        ? [`it ended as ${outcome.status}, and its deployment says ${status ?? 'nothing'}`]
        : []),
      ...(isExplained(played, name, status, failure)
        ? []
        : [`it is ${status ?? 'nothing'}, because of ${JSON.stringify(failure)}`]),
    ].map((text) => `${name}: ${text}`);
  });
}

function isExplained(
  { scenario, outcomes }: Played,
  name: string,
  status: TargetStatus | undefined,
  failure: Failure | undefined,
): boolean {
  const { acts, plan, lastWord } = scenario;
  const isCancelled = acts.some(
    ({ message }) => message === 'cancel' || message.signal === CANCEL_SIGNAL,
  );
  const isTakenBack =
    lastWord.approvals.includes('rollback') ||
    acts.some(({ message }) => message !== 'cancel' && message.signal === 'rollback');
  const code = failure?.code;
  const target = plan.targets.find((one) => one.name === name);
  if (code === 'cancelled' && !isCancelled) return false;
  if (code === 'rollbackRequested' && !isTakenBack) return false;
  switch (status) {
    case 'unchanged':
    case 'deployed': {
      if (code === undefined) return true;
      const isLate = code === 'timedOut' || code === 'cancelled';
      return isLate || (target?.afterDeployment.length ?? 0) > 0;
    }
    case 'cancelled':
      return code === 'cancelled' || code === 'rollbackRequested';
    case 'rollbackFailed': {
      const decisions = outcomes.get(name)?.decisions ?? [];
      return decisions.some(({ decision }) => decision === 'abandoned');
    }
    case 'blocked':
      return code !== undefined && code !== 'cancelled' && code !== 'rollbackRequested';
    case 'rolledBack':
      return code !== undefined && (code !== REFUSED || scenario.faults.length > 0);
    default:
      return false;
  }
}

/** Nothing is called for a function that the target does not have. */
function strangeWrites({ scenario, calls }: Played): string[] {
  const known = new Set(
    scenario.plan.targets.flatMap(({ name, functions }) =>
      functions.map((one) => JSON.stringify([name, one.name])),
    ),
  );
  return calls
    .filter(({ input }) => input.function !== undefined)
    .filter(({ input }) => !known.has(JSON.stringify([input.target, input.function])))
    .map(({ activity, input }) => `${activity} was called for ${input.function ?? ''}`);
}
