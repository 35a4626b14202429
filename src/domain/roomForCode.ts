import { nothingChanges, type Changes, type FunctionSnapshot } from './functions.js';
import type { TargetPlan } from './plan.js';
import type { Failure } from './failures.js';
import type { Findings } from './preflight.js';
import { sizeText } from './sizeText.js';

/** A deployment publishes what was there and what is new; the next one wants room, too. */
const VERSIONS = 3;

/**
 * Of the version that would be made of a function, in bytes: 0 where none is made, or AWS keeps no
 * copy of its code.
 *
 * @param codeBytes - of the code that it would have
 */
export function publishedBytes(
  { snapshot, latest }: { snapshot: FunctionSnapshot; latest?: Changes },
  codeBytes: number,
): number {
  const isMade = latest === undefined || !nothingChanges(latest);
  const isCopied = snapshot.latest?.refersToPackage !== true;
  return isMade && isCopied ? codeBytes : 0;
}

/** Where code would be stored. */
type Place = Pick<TargetPlan, 'name' | 'region'>;

/** How to get room where an account has none left for code. */
export function makeRoom(region: string): string {
  return `Delete versions of functions and of layers that nothing serves any more in ${region}, or have AWS raise the quota "Function and layer storage" (Service Quotas, AWS Lambda).`;
}

/**
 * The failure of a deployment for which an account has no room; undefined where it has, or where
 * nobody knows.
 *
 * @param bytes - of all code of which versions would be published at a target
 * @param room - in bytes; undefined where it is not known
 */
export function noRoom(
  bytes: number,
  room: number | undefined,
  target: Place,
): Failure | undefined {
  if (room === undefined || room >= bytes) return undefined;
  return {
    code: 'codeStorageFull',
    message: found(bytes, room, target),
    remedy: makeRoom(target.region),
    target: target.name,
  };
}

/**
 * Whether an account has room for the code that a target's deployment brings.
 *
 * @param bytes - of all packages that would be given to functions of the target
 * @param room - in bytes; undefined where it is not known
 */
export function roomFor(bytes: number, room: number | undefined, target: Place): Findings {
  const problem = noRoom(bytes, room, target);
  if (problem !== undefined) return { problems: [problem], warnings: [] };
  if (room === undefined || bytes === 0 || room >= VERSIONS * bytes) {
    return { problems: [], warnings: [] };
  }
  const message = found(bytes, room, target);
  const remedy = makeRoom(target.region);
  return { problems: [], warnings: [{ code: 'littleCodeStorage', message, remedy }] };
}

function found(bytes: number, room: number, { name, region }: Place): string {
  return `The account of ${name} has room for ${sizeText(room)} more of code in ${region}, and one version of what is deployed takes ${sizeText(bytes)}.`;
}
