import { readImageUri } from '../../domain/images.js';
import { PACKAGE_TYPES, type PackageType } from '../../domain/packages.js';
import type { PackageLocation, PlannedPackage } from '../../domain/plan.js';
import { PACKAGE_PATH } from '../forms.js';
import type { WrittenStep } from './steps.js';

const UNIT_MS: Record<string, number> = { seconds: 1000, minutes: 60_000, hours: 3_600_000 };

/** Takes `s3://bucket/key` apart. */
export function packageLocation(path: string): PackageLocation | undefined {
  if (!PACKAGE_PATH.pattern.test(path)) return undefined;
  const [bucket = '', ...key] = path.slice('s3://'.length).split('/');
  return { bucket, key: key.join('/') };
}

/** The type of a package, if the language has it. */
export function packageType(type: string | undefined): PackageType | undefined {
  return PACKAGE_TYPES.find((known) => known === type);
}

interface WrittenPackage {
  path?: string | undefined;
  type?: string | undefined;
}

/** What an artifact names; undefined where it has not the form of its type. */
export function packageOf({ path = '', type }: WrittenPackage): PlannedPackage | undefined {
  if (packageType(type) !== 'image') return packageLocation(path);
  return readImageUri(path) && { imageUri: path };
}

interface WrittenDuration {
  duration?: number | undefined;
  unit?: string | undefined;
}

/** Whole milliseconds, at least one for any time; undefined for a unit that the language has not. */
export function durationMs({ duration, unit = '' }: WrittenDuration): number | undefined {
  const unitMs = UNIT_MS[unit.toLowerCase()];
  if (unitMs === undefined || duration === undefined) return undefined;
  const ms = Math.round(duration * unitMs);
  return duration > 0 ? Math.max(1, ms) : ms;
}

/** The percentage of a setWeight step in either of its forms. */
export function weightOf(setWeight: NonNullable<WrittenStep['setWeight']>): number {
  return typeof setWeight === 'object' ? setWeight.weight : setWeight;
}

/** The language's words in their one form; the schema has made sure that it is one of them. */
export function lowerCase<Word extends string>(word: string | undefined): Word | undefined {
  return word?.toLowerCase() as Word | undefined;
}
