import { connectClient } from './client/connection.js';
import { Sluice } from './client/sluice.js';
import type { Environment } from './settings/environment.js';
import { readTemporalSettings, type TemporalOverrides } from './settings/temporal.js';

export type { Answered, AnsweredRun, Answerer } from './client/answers/answer.js';
export type { GateOptions } from './client/answers/gate.js';
export type { RollbackOptions } from './client/answers/whole.js';
export { ConflictError, InvalidFileError, SeveralGatesError } from './client/errors.js';
export type { ListOptions } from './client/list.js';
export type { Origin } from './domain/metadata.js';
export type { PlanSource } from './client/planSource.js';
export type { LookOptions } from './client/preflight.js';
export { hasChanges, type Preflight, wouldFail } from './client/preflightReport.js';
export type {
  DeploymentFacts,
  DeploymentRecord,
  DeploymentReport,
  DeploymentState,
  GateReport,
  TargetReport,
} from './client/report.js';
export type { DequeueOptions } from './client/queue.js';
export type {
  AcceptedDeployment,
  QueuedDeployment,
  StartedDeployment,
  StartingOptions,
} from './client/start.js';
export type { Turn } from './client/turn.js';
export { type PlanOptions, type RunOptions, Sluice, type StartOptions } from './client/sluice.js';
export type { WatchOptions } from './client/watch.js';
export type { GateAnswer } from './domain/commands.js';
export {
  type Failure,
  FAILURE_CODES,
  type FailureCode,
  failureSentence,
} from './domain/failures.js';
export type { Decision, GateKind, IgnoredMessage, OpenGate } from './domain/gates.js';
export type { Diagnostic } from './config/index.js';
export type { DeploymentOutcome, FunctionOutcome, TargetOutcome } from './domain/outcomes.js';
export type { Plan } from './domain/plan.js';
export type { Dropped, DropReason, LatestRun, Queued } from './domain/queue.js';
export {
  type FunctionPreflight,
  PREFLIGHT_WARNINGS,
  type PreflightProblem,
  type PreflightWarning,
  type TargetPreflight,
} from './domain/preflight.js';
export type { DeploymentProgress, TargetProgress } from './domain/status.js';
export { ERROR_CODES, type ErrorCode, SluiceError } from './settings/sluiceError.js';

export interface ConnectOptions extends TemporalOverrides {
  /**
   * Where the connection settings come from that are not given here.
   *
   * @default process.env
   */
  environment?: Environment;
}

/**
 * Connects to Temporal, as the environment says: the TEMPORAL_… variables, and a profile of
 * Temporal's configuration file below them. Close the connection at the end.
 *
 * @throws SluiceError `unreachable`, with the address and how to start a Temporal server; or
 *   `invalidConnection`
 */
export async function connect(options: ConnectOptions = {}): Promise<Sluice> {
  const { environment = process.env, ...overrides } = options;
  const settings = readTemporalSettings(environment, overrides);
  return new Sluice({ client: await connectClient(settings), settings });
}
