import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import type { FunctionOutcome, TargetOutcome, TargetStatus } from '../../domain/outcomes.js';
import { differingWide, pickWide, wideText } from '../../domain/wideSettings.js';
import { isAsBefore } from '../function/asBefore.js';
import type { FunctionLedger } from '../state/functionLedger.js';
import type { TargetState } from '../state/targetState.js';

export type Ending = 'deployed' | 'blocked' | 'rolledBack' | 'rollbackFailed';

/** What the target returns, from how its work ended and what was read back of its functions. */
export function targetOutcome(
  target: TargetState,
  ended: Ending,
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
  const isAsItWas = target.functions.every((fn) => fn.unchanged && !fn.written);
  if (ended === 'deployed' && isAsItWas) return 'unchanged';
  const stopped = failure?.code === 'cancelled' || failure?.code === 'rollbackRequested';
  if (ended === 'blocked' && stopped) return 'cancelled';
  return ended;
}

function functionOutcome(
  fn: FunctionLedger,
  status: TargetStatus,
  warnings: readonly Failure[],
): FunctionOutcome {
  const previousVersion = fn.servedVersion;
  const { deletedVersions } = fn;
  return {
    name: fn.name,
    ...live(fn, status),
    ...defined({ previousVersion }),
    ...(deletedVersions.length > 0 && { deletedVersions }),
    summary: summary(fn, status, warnings),
  };
}

/** What was read back, and nothing that was only meant. */
function live(
  { readBack, version, latest }: FunctionLedger,
  status: TargetStatus,
): Pick<FunctionOutcome, 'version' | 'codeSha256' | 'provisionedConcurrency' | 'readAt'> {
  if (readBack === undefined) return {};
  const { readAt, alias, servedCodeSha256, latest: found } = readBack;
  if (alias !== undefined) {
    const { version } = alias;
    const provisionedConcurrency = readBack.provisioned?.[version];
    return {
      readAt,
      version,
      ...defined({ codeSha256: servedCodeSha256, provisionedConcurrency }),
    };
  }
  if (found === undefined) return { readAt };
  // Without an alias it is the version that was published of what is there.
  const isPublished = status === 'deployed' && found.codeSha256 === latest?.codeSha256;
  return {
    readAt,
    codeSha256: found.codeSha256,
    ...defined({ version: isPublished ? version : undefined }),
  };
}

function summary(fn: FunctionLedger, status: TargetStatus, warnings: readonly Failure[]): string {
  const deleted = deletedSummary(fn);
  if (!fn.written) {
    return fn.unchanged
      ? ['is already as the plan says', ...deleted].join('; ')
      : 'was not touched';
  }
  if (status === 'deployed')
    return [deployedSummary(fn), ...wideSummary(fn), ...deleted].join('; ');
  if (status === 'rollbackFailed') return 'may be left between old and new';
  const isBack = fn.readBack !== undefined && isAsBefore(fn, fn.readBack);
  if (!isBack || warnings.some((warning) => isAboutTheWayBack(warning, fn))) {
    return 'was not put back completely';
  }
  if (!fn.touched.created) return 'is as it was before';
  return fn.latest === undefined ? 'was not created' : 'was removed again';
}

function deletedSummary({ deletedVersions }: FunctionLedger): string[] {
  const count = deletedVersions.length;
  if (count === 0) return [];
  return [count === 1 ? '1 old version was deleted' : `${count} old versions were deleted`];
}

/** That old code could not be kept says how it goes back, and not that it does not. */
function isAboutTheWayBack(warning: Failure, fn: FunctionLedger): boolean {
  return warning.function === fn.name && warning.code !== 'codeNotKept';
}

/** What was written of the function as a whole, and what somebody else has made of it since. */
function wideSummary({ touched, readBack, source }: FunctionLedger): string[] {
  if (touched.wide.length === 0) return [];
  const { wide } = readBack ?? {};
  const others =
    wide === undefined ? [] : differingWide(wide, pickWide(source.functionWide, touched.wide));
  return [
    `its ${wideText(touched.wide)} changed`,
    ...(others.length === 0 ? [] : [`its ${wideText(others)} changed again since`]),
  ];
}

function deployedSummary(fn: FunctionLedger): string {
  const { aliasName: alias } = fn;
  if (fn.unchanged) return 'has the code and settings of the plan already';
  const how = fn.touched.created ? 'was created' : 'was updated';
  const version = fn.version ?? '';
  const served = fn.readBack?.alias?.version;
  const isServed = alias !== undefined && (served === undefined || served === version);
  if (alias !== undefined && !isServed) {
    return `${how} as version ${version}, and alias ${alias} serves version ${served ?? ''} by now`;
  }
  if (fn.source.publishedVersion !== undefined && alias !== undefined) {
    return `serves version ${version} again, by its alias ${alias}`;
  }
  const where = alias === undefined ? '' : ` and alias ${alias} serves it`;
  return `${how} as version ${version}${where}`;
}
