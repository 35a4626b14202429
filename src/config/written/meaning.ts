import type { PackageLocation } from '../../domain/plan.js';
import type { WrittenDeployment } from './schema.js';
import type { WrittenStep } from './steps.js';

type WrittenTimeout = NonNullable<NonNullable<WrittenDeployment['deploymentConfig']>['timeout']>;

const UNIT_MS: Record<string, number> = { seconds: 1000, minutes: 60_000, hours: 3_600_000 };

/** A name without what nobody sees: white space around it, and how its accents are encoded. */
export function normalName(name: string): string {
  return name.trim().normalize('NFC');
}

/** Takes `s3://bucket/key` apart. */
export function packageLocation(path: string): PackageLocation | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/s.exec(path) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/** Whole milliseconds, or undefined for a unit that the language does not have. */
export function durationMs({ duration, unit }: WrittenTimeout): number | undefined {
  const unitMs = UNIT_MS[unit.toLowerCase()];
  return unitMs === undefined ? undefined : Math.round(duration * unitMs);
}

/** The percentage of a setWeight step in either of its forms. */
export function weightOf({ setWeight }: WrittenStep): number | undefined {
  return typeof setWeight === 'object' ? setWeight.weight : setWeight;
}
