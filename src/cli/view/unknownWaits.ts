import type { DeploymentRecord, GatesUnknown } from '../../client/report.js';
import { oneLine } from './text.js';

/** Why it is not known where a deployment waits, as the end of a sentence. */
const REASONS: Readonly<Record<GatesUnknown, string>> = {
  noWorker: 'no worker runs',
  noAnswer: 'no worker answers',
  manyTargets: 'it has more than 100 targets, which alone know',
};

/** Why the list does not say where a deployment waits. */
export function unknownCell(reason: GatesUnknown): string {
  return `${REASONS[reason]}, so it is not known where it waits`;
}

/** The same as a sentence of its own. */
export function unknownText({ application, gatesUnknown }: DeploymentRecord): string {
  const why = gatesUnknown === undefined ? '' : `: ${REASONS[gatesUnknown]}`;
  return oneLine(`It is not known where ${application} waits${why}.`);
}

/** Whether a worker could tell where a deployment waits, and none did. */
export function isSilent({ gatesUnknown }: DeploymentRecord): boolean {
  return gatesUnknown === 'noWorker' || gatesUnknown === 'noAnswer';
}
