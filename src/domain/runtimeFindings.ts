import type { Failure } from './failures.js';
import type { FunctionPlan } from './plan.js';
import type { PreflightWarning } from './preflight.js';
import { RUNTIMES } from './runtimeDates.js';
import type { Comparison } from './release.js';
import type { FoundFunction } from './wouldChange.js';

/**
 * Why AWS would not create a function. Runtimes on which it updates none are refused with the file.
 *
 * @param now - for AWS's dates
 */
export function runtimeProblem(
  { snapshot: { latest } }: FoundFunction,
  { name, settings: { runtime } }: FunctionPlan,
  now = new Date(),
): Failure | undefined {
  const since = RUNTIMES.get(runtime ?? '')?.noCreate;
  if (latest !== undefined || since === undefined || !hasCome(since, now)) return undefined;
  return {
    code: 'settingsRejected',
    message: `${name} does not exist yet, and since ${since} AWS creates no functions on ${runtime}.`,
    remedy: 'Move the function to a newer runtime.',
  };
}

/**
 * Why AWS would not change the runtime of a function: a version of the one that it has is prescribed. It
 * is known where the plan names the runtime management.
 */
export function runtimeIsManual(
  { snapshot: { wide }, latest: changes }: Comparison,
  { name, settings: { runtime } }: FunctionPlan,
): Failure | undefined {
  const isManual = wide?.runtimeManagementConfig?.updateRuntimeOn === 'Manual';
  if (!isManual || changes?.settings.includes('runtime') !== true) return undefined;
  return {
    code: 'settingsRejected',
    message: `AWS changes the runtime of ${name} to ${runtime} only where its runtime management is not Manual, and it is.`,
    remedy:
      'Name updateRuntimeOn: Auto in a deployment of its own, and the new runtime in the next one.',
  };
}

/**
 * What people should know of a function's runtimes before it is deployed.
 *
 * @param now - for AWS's dates
 */
export function runtimeWarnings(
  { snapshot, served, latest: changes }: FoundFunction,
  { name, alias }: FunctionPlan,
  now = new Date(),
): PreflightWarning[] {
  const { latest } = snapshot;
  if (latest === undefined) return [];
  const { runtime } = latest.settings;
  const blocked = RUNTIMES.get(runtime)?.noUpdate;
  const warnings: PreflightWarning[] = [];
  if (
    changes?.settings.includes('runtime') === true &&
    blocked !== undefined &&
    hasCome(blocked, now)
  ) {
    // One that is yet to be made carries nothing back.
    const carrier = snapshot.alias && alias;
    const stays =
      carrier === undefined
        ? 'a rollback could not put it back, and would be stuck'
        : `a rollback could put back the traffic of ${carrier}, and not $LATEST`;
    warnings.push({
      code: 'runtimeNotRestorable',
      message: `${name} has the runtime ${runtime}, on which AWS updates no functions since ${blocked}: ${stays}.`,
      ...(carrier === undefined && { remedy: 'Give the function an alias before the deployment.' }),
    });
  }
  if (alias === undefined && served?.code === true && served.settings.includes('runtime')) {
    warnings.push({
      code: 'codeAndRuntimeTogether',
      message: `Code and runtime of ${name} change one after the other, and it has no alias: for some seconds it runs the old code on the new runtime.`,
      remedy: 'Give the function an alias, or change the two in deployments of their own.',
    });
  }
  return warnings;
}

/** @param day - as an ISO date */
function hasCome(day: string, now: Date): boolean {
  return day <= now.toISOString().slice(0, 10);
}
