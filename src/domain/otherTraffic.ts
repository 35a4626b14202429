import { shapeText, type AliasShape } from './functions.js';
import type { FunctionProgress } from './status.js';

/** In percent: weights are fractions, whose sums are not exact. */
const TOLERANCE = 0.01;

/** Percent of an alias's traffic that a version has. */
export function shareOf({ version, weights }: AliasShape, which: string): number {
  const additional = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return 100 * (which === version ? 1 - additional : (weights[which] ?? 0));
}

/**
 * How an alias was last seen to split its traffic, where that is not what the deployment gave it:
 * somebody else has changed it, or it was so before. Undefined where it is as it should be.
 */
export function otherTraffic(one: FunctionProgress): AliasShape | undefined {
  const { seen, version, previousVersion, weight } = one;
  if (seen === undefined || version === undefined) return undefined;
  const isOwn = isNear(shareOf(seen, version), weight);
  const isRest =
    previousVersion === undefined ||
    previousVersion === version ||
    isNear(shareOf(seen, previousVersion), 100 - weight);
  return isOwn && isRest ? undefined : seen;
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < TOLERANCE;
}

/** `version 7 (40 %) and version 9 (60 %) instead of 10 % on version 8`, or undefined. */
export function otherTrafficText(one: FunctionProgress): string | undefined {
  const { version = '', weight } = one;
  const other = otherTraffic(one);
  if (other === undefined) return undefined;
  return `${shapeText(other)}${weight === 0 ? '' : ` instead of ${weight} % on version ${version}`}`;
}

/** `, seen at 2026-11-26T03:48:18Z`: what is told of an alias holds for that moment. */
export function seenText({ seen }: FunctionProgress): string {
  return seen === undefined ? '' : `, seen at ${seen.at.replace(/\.\d+Z$/, 'Z')}`;
}
