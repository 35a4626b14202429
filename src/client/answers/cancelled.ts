import { inWords } from '../../domain/outcomes.js';
import type { TargetReport } from '../report.js';
import type { CancelledTarget } from './answer.js';

/** What a cancellation means for each target, from what it says or how it ended. */
export function effectsOn(targets: readonly TargetReport[]): CancelledTarget[] {
  return targets.map((target) => ({
    target: target.name,
    effect: effectOn(target),
    ...(target.status !== undefined && { status: target.status }),
  }));
}

function effectOn({ phase, status, progress }: TargetReport): CancelledTarget['effect'] {
  switch (status) {
    case 'deployed':
    case 'unchanged':
      return 'stays';
    case 'rolledBack':
      return 'isBack';
    case 'cancelled':
    case 'blocked':
      return 'untouched';
    case 'rollbackFailed':
      return 'ended';
    case undefined:
  }
  switch (progress?.phase) {
    case 'rollingBack':
    case 'rollbackStuck':
      return 'goesBack';
    // Only a rollback takes back what is promoted.
    case 'afterDeployment':
      return 'stays';
    default:
      return phase === 'ended' ? 'ended' : 'notKnown';
  }
}

/** How many targets a sentence names. */
const MAX_NAMED = 10;

/** In the order in which they matter to whoever cancels. */
const TEXTS: readonly (readonly [CancelledTarget['effect'], string])[] = [
  ['stays', 'Deployed, and stays so'],
  ['goesBack', 'Goes back'],
  ['isBack', 'Was taken back'],
  ['untouched', 'Nothing was written'],
  ['ended', 'Had ended'],
  ['notKnown', 'Not known yet'],
];

/** What becomes of which target, in sentences. */
export function effectsText(targets: readonly CancelledTarget[]): string {
  const groups = TEXTS.flatMap(([effect, text]) => {
    const found = targets.filter((one) => one.effect === effect);
    return found.length === 0 ? [] : [`${text}: ${named(found)}.`];
  });
  return groups.join(' ');
}

function named(targets: readonly CancelledTarget[]): string {
  const names = targets
    .slice(0, MAX_NAMED)
    .map(({ target, effect, status }) =>
      effect === 'ended' && status !== undefined ? `${target} (${inWords(status)})` : target,
    );
  const more = targets.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
