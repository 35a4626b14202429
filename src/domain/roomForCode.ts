import type { TargetPlan } from './plan.js';
import type { Findings } from './preflight.js';

/** A deployment publishes what was there and what is new; the next one wants room, too. */
const VERSIONS = 3;

/**
 * Whether an account has room for the code that a target's deployment brings.
 *
 * @param bytes - of all packages that would be given to functions of the target
 * @param room - in bytes; undefined where it is not known
 */
export function roomFor(bytes: number, room: number | undefined, target: TargetPlan): Findings {
  if (room === undefined || bytes === 0 || room >= VERSIONS * bytes) {
    return { problems: [], warnings: [] };
  }
  const place = `The account of ${target.name} has room for ${megabytes(room)} more of code in ${target.region}, and one version of what is deployed takes ${megabytes(bytes)}.`;
  const remedy = 'Delete versions that nothing serves, or have AWS raise the quota.';
  if (room >= bytes) {
    const warning = { code: 'littleCodeStorage', message: place, remedy } as const;
    return { problems: [], warnings: [warning] };
  }
  const problem = { code: 'packageRejected', message: place, remedy, target: target.name } as const;
  return { problems: [problem], warnings: [] };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
