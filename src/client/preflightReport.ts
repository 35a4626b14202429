import { defined } from '../domain/defined.js';
import type { Failure } from '../domain/failures.js';
import { startOrder } from '../domain/order.js';
import type { Plan } from '../domain/plan.js';
import {
  countPreflight,
  type PreflightCounts,
  type PreflightProblem,
  type PreflightWarning,
  type TargetPreflight,
} from '../domain/preflight.js';
import type { Queued } from '../domain/queue.js';
import { differingBytes, type PackageAt } from '../domain/sameBytes.js';
import { ConflictError, runningText } from './errors.js';
import type { DeploymentFacts } from './report.js';

/** What a deployment of a plan would change, and what of it would fail. */
export interface Preflight {
  schemaVersion: 1;
  application: string;
  /** The plan's. A deployment of the same plan has it, too. */
  deploymentId: string;
  /** How many functions would become what; problems and warnings are all that there are. */
  counts: PreflightCounts;
  /** What would keep the whole deployment from starting. */
  problems: PreflightProblem[];
  /** What is only probable, and concerns the whole deployment. */
  warnings: PreflightWarning[];
  /** The deployment of the application that runs now. */
  inProgress?: DeploymentFacts;
  /** In the order of the file. Empty where the plan itself has a problem. */
  targets: TargetPreflight[];
}

/** What keeps a deployment from starting, unless it may wait for its turn. */
export interface InTheWay {
  running: DeploymentFacts | undefined;
  waiting: Queued | undefined;
}

/** Whether the deployment would fail, at one target at least, or not start. */
export function wouldFail({ counts }: Preflight): boolean {
  return counts.problems > 0;
}

/** Whether the deployment would change anything. */
export function hasChanges({ counts }: Preflight): boolean {
  return counts.create + counts.change + counts.unknown > 0;
}

/** @param result - of the workers: what they found, or why the plan is none for them */
export function preflightOf(
  plan: Plan,
  result: { targets: TargetPreflight[] } | { failure: Failure },
  { running, waiting }: InTheWay,
): Preflight {
  const found = 'targets' in result ? withDifferences(result.targets, plan) : [];
  const targets = withDependents(found);
  const mayWait = plan.ifDeploymentInProgress === 'enqueueOne';
  const problems = [
    ...('failure' in result ? [result.failure] : []),
    ...(mayWait ? [] : conflict(plan, { running, waiting })),
  ];
  const warnings = mayWait && running !== undefined ? [inProgress(running)] : [];
  const counts = countPreflight(targets);
  return {
    schemaVersion: 1,
    application: plan.application,
    deploymentId: plan.deploymentId,
    counts: {
      ...counts,
      problems: counts.problems + problems.length,
      warnings: counts.warnings + warnings.length,
    },
    problems,
    warnings,
    ...defined({ inProgress: running }),
    targets,
  };
}

/** What a start would be refused with. */
function conflict({ application }: Plan, { running, waiting }: InTheWay): PreflightProblem[] {
  const found = waiting !== undefined ? { waiting } : running !== undefined && { running };
  if (found === false) return [];
  return [{ code: 'conflict', message: new ConflictError(application, found).message }];
}

/** What waits for its turn finds what the one before it leaves. */
function inProgress(running: DeploymentFacts): PreflightWarning {
  const message =
    `${runningText(running)} What serves when it is the turn of this one may be another version ` +
    'than what is compared with here.';
  return { code: 'deploymentInProgress', message };
}

/** Targets that deploy one function should have the same bytes. */
function withDifferences(
  targets: TargetPreflight[],
  { strictArtifacts = false }: Plan,
): TargetPreflight[] {
  const all = targets.flatMap(packagesOf);
  return targets.map((target) => {
    const found = packagesOf(target).flatMap((one) => differingBytes(one, all) ?? []);
    if (strictArtifacts) return { ...target, problems: [...target.problems, ...found] };
    const warnings = found.map(({ message, remedy }) => ({
      code: 'packagesDiffer' as const,
      message,
      ...defined({ remedy }),
    }));
    return { ...target, warnings: [...target.warnings, ...warnings] };
  });
}

function packagesOf({ target, functions }: TargetPreflight): PackageAt[] {
  return functions.flatMap(({ name: functionName, package: found }) =>
    found === undefined ? [] : [{ target, functionName, ...found }],
  );
}

/** A target that depends on one that would fail would not be deployed either. */
function withDependents(targets: TargetPreflight[]): TargetPreflight[] {
  const failing = new Set(targets.filter(isFailing).map(({ target }) => target));
  const named = targets.map((one) => ({ ...one, name: one.target }));
  for (const { name, dependsOn } of startOrder(named)) {
    if (dependsOn.some((other) => failing.has(other))) failing.add(name);
  }
  return targets.map((one) => {
    const causes = one.dependsOn.filter((other) => failing.has(other));
    if (causes.length === 0) return one;
    return { ...one, problems: [...one.problems, dependencyFailed(one.target, causes)] };
  });
}

function isFailing({ problems, functions }: TargetPreflight): boolean {
  return problems.length > 0 || functions.some((one) => one.problems.length > 0);
}

function dependencyFailed(target: string, causes: readonly string[]): PreflightProblem {
  return {
    code: 'dependencyFailed',
    message: `${target} would not be deployed, because it depends on ${causes.join(', ')}.`,
    target,
  };
}
