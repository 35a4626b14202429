import type { DeploymentReport, RunState } from '../client/report.js';
import type { ErrorCode } from '../errors.js';

/** What the command's exit says to a script. Help texts are made from it. */
export const EXIT_CODES = {
  succeeded: { code: 0, meaning: 'succeeded, or nothing was to be waited for' },
  internal: { code: 1, meaning: 'a fault of Sluice or of its installation' },
  usage: {
    code: 2,
    meaning: 'the command, the file or the settings cannot be used, or the deployment refuses',
  },
  conflict: {
    code: 3,
    meaning: 'a deployment of the application runs or waits already, or a newer one took its place',
  },
  failed: {
    code: 4,
    meaning:
      'the deployment failed or was rolled back: by itself, or because somebody asked; it was blocked, or what came after it failed; or it would fail, as `deploy plan` found',
  },
  rollbackFailed: {
    code: 5,
    meaning: 'the rollback failed or is stuck, or the deployment was terminated without one',
  },
  cancelled: {
    code: 6,
    meaning: 'the deployment was cancelled, or what was asked about first was not wanted',
  },
  unreachable: { code: 7, meaning: 'Temporal cannot be reached, or no worker answers' },
  changes: { code: 8, meaning: '`deploy plan --detailed-exitcode` found changes' },
  detached: { code: 130, meaning: 'the watch was left with Ctrl-C; the deployment goes on' },
} as const;

export type ExitReason = keyof typeof EXIT_CODES;

export function exitCodesHelp(): string {
  const lines = Object.values(EXIT_CODES).map(
    ({ code, meaning }) => `  ${String(code).padEnd(3)}  ${meaning}`,
  );
  return ['Exit codes:', ...lines].join('\n');
}

const ERROR_REASONS: Readonly<Record<ErrorCode, ExitReason>> = {
  unreachable: 'unreachable',
  namespaceNotFound: 'unreachable',
  invalidConnection: 'usage',
  invalidSettings: 'usage',
  invalidFile: 'usage',
  invalidPlan: 'usage',
  invalidArguments: 'usage',
  conflict: 'conflict',
  notFound: 'usage',
  ambiguous: 'usage',
  notAccepted: 'usage',
  unanswered: 'unreachable',
  noOutcome: 'rollbackFailed',
  notBuilt: 'internal',
  addressInUse: 'usage',
  stackFailed: 'failed',
  workerFailed: 'internal',
};

export function exitReasonOfError(code: ErrorCode): ExitReason {
  return ERROR_REASONS[code];
}

/** Why a watch ends with this report, or undefined while it goes on. */
export function exitReasonOf(report: DeploymentReport): ExitReason | undefined {
  if (report.state === 'running') return isStuck(report) ? 'rollbackFailed' : undefined;
  if ((report.outcome?.counts.rollbackFailed ?? 0) > 0) return 'rollbackFailed';
  return STATE_REASONS[report.state];
}

const STATE_REASONS: Readonly<Record<Exclude<RunState, 'running'>, ExitReason>> = {
  succeeded: 'succeeded',
  rolledBack: 'failed',
  failed: 'failed',
  cancelled: 'cancelled',
  terminated: 'rollbackFailed',
  timedOut: 'rollbackFailed',
};

function isStuck({ targets }: DeploymentReport): boolean {
  return targets.some(({ progress }) => progress?.phase === 'rollbackStuck');
}
