import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import type { FunctionOutcome, TargetOutcome, TargetStatus } from '../../domain/outcomes.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';

/** What the target returns, from how its work ended. */
export function targetOutcome(
  target: TargetState,
  ended: 'deployed' | 'blocked' | 'rolledBack' | 'rollbackFailed',
  failure?: Failure,
): TargetOutcome {
  const status = refine(target, ended, failure);
  return {
    target: target.name,
    status,
    ...(failure !== undefined && { failure: { target: target.name, ...failure } }),
    warnings: target.warnings,
    functions: target.functions.map((fn) => functionOutcome(fn, status, target.warnings)),
    decisions: target.gates.decisions,
    analyses: target.analyses.reports,
    startedAt: target.startedAt,
    endedAt: new Date().toISOString(),
  };
}

function refine(
  target: TargetState,
  ended: TargetStatus,
  failure: Failure | undefined,
): TargetStatus {
  if (ended === 'deployed' && target.functions.every((fn) => fn.unchanged)) return 'unchanged';
  const stopped = failure?.code === 'cancelled' || failure?.code === 'rollbackRequested';
  if (ended === 'blocked' && stopped) return 'cancelled';
  return ended;
}

function functionOutcome(
  fn: FunctionLedger,
  status: TargetStatus,
  warnings: readonly Failure[],
): FunctionOutcome {
  const live = liveVersion(fn, status);
  const previousVersion = fn.servedVersion;
  return {
    name: fn.name,
    ...live,
    ...defined({ previousVersion }),
    summary: summary(fn, status, warnings),
  };
}

function liveVersion(
  fn: FunctionLedger,
  status: TargetStatus,
): Pick<FunctionOutcome, 'version' | 'codeSha256'> {
  const { latest, served, alias } = fn.snapshot;
  const shape = fn.staysPinned ? fn.pinned : alias;
  const before = {
    ...(shape !== undefined && { version: shape.version }),
    ...(latest !== undefined && { codeSha256: (served ?? latest).codeSha256 }),
  };
  if (status !== 'deployed' || fn.unchanged || fn.version === undefined) return before;
  return { version: fn.version, codeSha256: fn.wantedCode };
}

function summary(fn: FunctionLedger, status: TargetStatus, warnings: readonly Failure[]): string {
  if (!fn.written) return fn.unchanged ? 'is already as the plan says' : 'was not touched';
  if (status === 'deployed') return deployedSummary(fn);
  if (status === 'rollbackFailed') return 'may be left between old and new';
  if (warnings.some((warning) => warning.function === fn.name))
    return 'was not put back completely';
  if (!fn.touched.created) return 'is as it was before';
  return fn.latest === undefined ? 'was not created' : 'was removed again';
}

function deployedSummary(fn: FunctionLedger): string {
  const { aliasName: alias } = fn;
  const how = fn.touched.created ? 'was created' : 'was updated';
  const version = fn.version ?? '';
  if (fn.source.publishedVersion !== undefined && alias !== undefined) {
    return `serves version ${version} again, by its alias ${alias}`;
  }
  const where = alias === undefined ? '' : ` and alias ${alias} serves it`;
  return `${how} as version ${version}${where}`;
}
