import { LATEST, type AliasShape, type FunctionSnapshot } from './functions.js';
import type { FunctionPlan } from './plan.js';

/*
 * Provisioned concurrency: how many execution environments Lambda keeps ready. A version has its own,
 * and so may an alias, which then carries it from version to version, but cannot split its traffic.
 * https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */

/** What a version had before the deployment wrote anything; 0: none, or nobody could see it. */
export function provisionedBefore({ provisioned }: FunctionSnapshot, version: string): number {
  return provisioned?.versions[version] ?? 0;
}

/**
 * What the new version is to have: what the plan says, or else what the version has that the alias
 * serves. Undefined: it stays as it is.
 */
export function wantedProvisioned(
  snapshot: FunctionSnapshot,
  { provisionedConcurrency }: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency'>,
): number | undefined {
  if (provisionedConcurrency !== undefined) return provisionedConcurrency;
  const { alias } = snapshot;
  const served = alias === undefined ? 0 : provisionedBefore(snapshot, alias.version);
  return served === 0 ? undefined : served;
}

/**
 * The versions that served the alias's traffic before and have provisioned concurrency of their own:
 * once the new version serves it all, they need it no more.
 */
export function servedWithProvisioned(snapshot: FunctionSnapshot): string[] {
  const { alias } = snapshot;
  if (alias === undefined) return [];
  return versionsOf(alias).filter((version) => provisionedBefore(snapshot, version) > 0);
}

/**
 * How much all versions of a function have together.
 *
 * @param kept - the version that only gets another number; undefined: one is published
 */
export function provisionedCourse(
  snapshot: FunctionSnapshot,
  plan: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency'>,
  kept: string | undefined,
): { now: number; meanwhile: number; after: number } {
  const sumOf = (versions: readonly string[]): number =>
    versions.reduce((sum, version) => sum + provisionedBefore(snapshot, version), 0);
  const now = sumOf(Object.keys(snapshot.provisioned?.versions ?? {}));
  const wanted = wantedProvisioned(snapshot, plan) ?? 0;
  const replaced = sumOf(kept === undefined ? servedWithProvisioned(snapshot) : [kept]);
  const after = now - replaced + wanted;
  return { now, meanwhile: kept === undefined ? now + wanted : Math.max(now, after), after };
}

/** Whether what serves the traffic has as much as the plan says, where it says anything. */
export function isProvisionedAsPlanned(
  snapshot: FunctionSnapshot,
  { provisionedConcurrency: wanted }: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency'>,
): boolean {
  const { alias, provisioned } = snapshot;
  if (wanted === undefined || alias === undefined) return true;
  return (provisioned?.alias ?? provisionedBefore(snapshot, alias.version)) === wanted;
}

/** The published versions to which an alias gives traffic. */
export function versionsOf({ version, weights }: AliasShape): string[] {
  return [version, ...Object.keys(weights)].filter((one) => one !== LATEST);
}

/** @param qualifier - the version or alias that has it */
export function deletionCommand(name: string, region: string, qualifier: string): string {
  return `aws lambda delete-provisioned-concurrency-config --region ${region} --function-name ${name} --qualifier ${qualifier}`;
}
