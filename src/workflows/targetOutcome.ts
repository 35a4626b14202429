import type { Failure } from '../domain/failures.js';
import type { FunctionOutcome, TargetOutcome, TargetStatus } from '../domain/outcomes.js';
import type { FunctionRun } from './functionRun.js';
import type { TargetRun } from './targetRun.js';

/** What the target returns, from how its work ended. */
export function targetOutcome(
  run: TargetRun,
  ended: 'deployed' | 'blocked' | 'rolledBack' | 'rollbackFailed',
  failure?: Failure,
): TargetOutcome {
  const status = refine(run, ended, failure);
  return {
    target: run.input.target,
    status,
    ...(failure !== undefined && { failure: { target: run.input.target, ...failure } }),
    warnings: run.warnings,
    functions: run.functions.map((one) => functionOutcome(one, status, run.warnings)),
    decisions: run.gates.decisions,
    analyses: run.analyses.reports,
    startedAt: run.startedAt,
    endedAt: new Date().toISOString(),
  };
}

function refine(run: TargetRun, ended: TargetStatus, failure: Failure | undefined): TargetStatus {
  if (ended === 'deployed' && run.functions.every((one) => one.unchanged)) return 'unchanged';
  const stopped = failure?.code === 'cancelled' || failure?.code === 'rollbackRequested';
  if (ended === 'blocked' && stopped) return 'cancelled';
  return ended;
}

function functionOutcome(
  one: FunctionRun,
  status: TargetStatus,
  warnings: readonly Failure[],
): FunctionOutcome {
  const live = liveVersion(one, status);
  const previousVersion = one.servedVersion;
  return {
    name: one.name,
    ...live,
    ...(previousVersion !== undefined && { previousVersion }),
    summary: summary(one, status, warnings),
  };
}

function liveVersion(
  one: FunctionRun,
  status: TargetStatus,
): Pick<FunctionOutcome, 'version' | 'codeSha256'> {
  const { latest, served, alias } = one.snapshot;
  const before = {
    ...(alias !== undefined && { version: alias.version }),
    ...(latest !== undefined && { codeSha256: (served ?? latest).codeSha256 }),
  };
  if (status !== 'deployed' || one.unchanged || one.version === undefined) return before;
  return { version: one.version, codeSha256: one.wantedCode };
}

function summary(one: FunctionRun, status: TargetStatus, warnings: readonly Failure[]): string {
  if (!one.written) return one.unchanged ? 'is already as the plan says' : 'was not touched';
  if (status === 'deployed') return deployedSummary(one);
  if (status === 'rollbackFailed') return 'may be left between old and new';
  if (warnings.some((warning) => warning.function === one.name))
    return 'was not put back completely';
  if (!one.touched.created) return 'is as it was before';
  return one.latest === undefined ? 'was not created' : 'was removed again';
}

function deployedSummary(one: FunctionRun): string {
  const { alias } = one.given.plan;
  const how = one.touched.created ? 'was created' : 'was updated';
  const version = one.version ?? '';
  if ('version' in one.given.plan && alias !== undefined) {
    return `serves version ${version} again, by its alias ${alias}`;
  }
  const where = alias === undefined ? '' : ` and alias ${alias} serves it`;
  return `${how} as version ${version}${where}`;
}
