import type { DeploymentReport, TargetReport } from '../../client/report.js';
import { TARGET_OUTCOMES, type TargetStatus } from '../../domain/outcomes.js';
import type { Tone } from './model.js';
import { endWords } from './words.js';

/** How far a running deployment to several targets is: `2 of 5 deployed, 1 failed`. */
export function progressCounts({ targets }: DeploymentReport): string {
  const ended = targets.flatMap(({ status, failure }) =>
    status === undefined ? [] : [endWords(status, failure !== undefined).tone],
  );
  const having = (...tones: Tone[]) => ended.filter((tone) => tones.includes(tone)).length;
  const deployed = `${having('good')} of ${targets.length} deployed`;
  const failed = having('bad', 'rolledBack');
  return failed === 0 ? deployed : `${deployed}, ${failed} failed`;
}

/** How the targets of a deployment ended: `2 deployed, 1 deployed with a failure, 1 blocked`. */
export function endCounts({
  outcome,
  targets,
}: Pick<DeploymentReport, 'outcome' | 'targets'>): string {
  return TARGET_OUTCOMES.flatMap((status) => {
    const all = outcome?.counts[status] ?? 0;
    // Only where it reads differently; else they belong to all the others.
    const failed = isGood(status) ? targets.filter((target) => failedAs(status, target)).length : 0;
    return [
      ...(all > failed ? [`${all - failed} ${endWords(status, false).text}`] : []),
      ...(failed > 0 ? [`${failed} ${endWords(status, true).text}`] : []),
    ];
  }).join(', ');
}

function isGood(status: TargetStatus): boolean {
  return endWords(status, false).tone === 'good';
}

function failedAs(wanted: TargetStatus, { status, failure }: TargetReport): boolean {
  return status === wanted && failure !== undefined;
}
