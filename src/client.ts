/**
 * The client for services: it starts deployments and tells how they are. Importing it loads neither
 * the worker, the AWS SDK nor the command line; what reads files is loaded when there is one to read.
 *
 * @example
 * ```ts
 * import { connect } from '@sluice-deploy/sluice';
 *
 * const sluice = await connect();
 * try {
 *   const { application } = await sluice.start({
 *     file: 'deploy.yaml',
 *     startedBy: 'release-bot',
 *   });
 *   for await (const { phase, gates } of sluice.watch(application)) {
 *     console.log(phase ?? 'ended', ...gates.map(({ id }) => `waits at ${id}`));
 *   }
 *   const { status, counts } = await sluice.result(application);
 *   console.log(status, counts);
 * } finally {
 *   await sluice.close();
 * }
 * ```
 *
 * @packageDocumentation
 */
import { connectClient } from './client/connection.js';
import { Sluice } from './client/sluice.js';
import type { Environment } from './settings/environment.js';
import { readTemporalSettings, type TemporalOverrides } from './settings/temporal.js';

export type { Answered, AnsweredRun, Answerer, CancelledTarget } from './client/answers/answer.js';
export type { CancelOptions } from './client/answers/cancel.js';
export type { GateOptions } from './client/answers/gate.js';
export type { RollbackOptions } from './client/answers/whole.js';
export {
  ConflictError,
  InvalidDeploymentError,
  InvalidFileError,
  SeveralGatesError,
} from './client/errors.js';
export type { ListOptions } from './client/list.js';
export type { Origin } from './domain/metadata.js';
export type { FileSource, ParsedSource, PlanSource } from './client/planSource.js';
export type { LookOptions } from './client/preflight.js';
export { hasChanges, type Preflight, wouldFail } from './client/preflightReport.js';
export type {
  DeploymentFacts,
  DeploymentRecord,
  DeploymentReport,
  RunState,
  GateReport,
  GatesUnknown,
  TargetReport,
  WaitingGate,
  WaitingGates,
} from './client/report.js';
export type { DequeueOptions } from './client/queue.js';
export type {
  AcceptedDeployment,
  QueuedDeployment,
  StartedDeployment,
  StartingOptions,
} from './client/start.js';
export type { Turn } from './client/turn.js';
export type {
  PlanOptions,
  RedeployOptions,
  RestoreOptions,
  Restoring,
  RunOptions,
  StartOptions,
} from './client/options.js';
export { Sluice } from './client/sluice.js';
export type { GatesOptions } from './client/waitingGates.js';
export type { WatchOptions } from './client/watch.js';
export type { Adjustments, Diagnostic, ParsedProblem, Severity } from './config/index.js';
export type { AnalysisReport, QueryReport, Verdict } from './domain/analysis.js';
export type { GateAnswer } from './domain/commands.js';
export {
  type Failure,
  FAILURE_CODES,
  type FailureCode,
  failureSentence,
} from './domain/failures.js';
export type { Decision, GateKind, IgnoredMessage, OpenGate } from './domain/gates.js';
export type {
  DeploymentOutcome,
  DeploymentStatus,
  FunctionOutcome,
  TargetOutcome,
  TargetStatus,
} from './domain/outcomes.js';
export type {
  AfterStep,
  AnalysisStep,
  ApprovalStep,
  BeforeStep,
  FunctionPlan,
  FunctionSettings,
  Header,
  HttpMethod,
  LookbackMethod,
  NetworkMode,
  OnNoData,
  PackageLocation,
  PauseStep,
  Plan,
  Query,
  QueryUse,
  RollMode,
  RunWebhookStep,
  SetWeightStep,
  Step,
  Strategy,
  TargetPlan,
  Webhook,
  WhenInProgress,
} from './domain/plan.js';
export type { Dropped, DropReason, LatestRun, Queued } from './domain/queue.js';
export {
  type FunctionPreflight,
  PREFLIGHT_WARNINGS,
  type PreflightProblem,
  type PreflightWarning,
  type TargetPreflight,
} from './domain/preflight.js';
export type {
  DeploymentPhase,
  DeploymentProgress,
  FunctionProgress,
  StepProgress,
  TargetPhase,
  TargetProgress,
  TargetSummary,
} from './domain/status.js';
export { ERROR_CODES, type ErrorCode, SluiceError } from './errors.js';

/** Where Temporal is. What is left out comes from the environment. */
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
 * Temporal's configuration file below them. Close the connection at the end. The first answer may
 * take up to 5 seconds.
 *
 * @example As the environment says, or another place
 * ```ts
 * import { connect } from '@sluice-deploy/sluice';
 *
 * const here = await connect();
 * const there = await connect({ address: 'temporal.example.com:7233', namespace: 'production' });
 * await Promise.all([here.close(), there.close()]);
 * ```
 *
 * @throws SluiceError `unreachable`, with the address and how to start a Temporal server; or
 *   `invalidConnection`
 */
export async function connect(options: ConnectOptions = {}): Promise<Sluice> {
  const { environment = process.env, ...overrides } = options;
  const settings = readTemporalSettings(environment, overrides);
  return new Sluice({ client: await connectClient(settings), settings });
}
