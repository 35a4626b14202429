import type { FunctionWide } from './functionWide.js';
import type { GoingBack } from './goingBack.js';
import type {
  DeadLetterConfig,
  EphemeralStorage,
  FileSystemConfig,
  ImageConfig,
  LoggingConfig,
  SnapStart,
  TracingConfig,
  VpcConfig,
} from './settingParts.js';

/**
 * A plan is what a deployment file means: plain JSON, with every default filled in and every
 * shorthand written out. It is the one argument of the deployment workflow, so a service in any
 * language can start a deployment by sending one.
 */
export interface Plan {
  schemaVersion: 1;
  /** Made by whoever starts the deployment (a UUID), so that it exists before the run does. */
  deploymentId: string;
  /** Up to 100 characters, Unicode NFC, trimmed, without colons, quotes and backslashes. */
  application: string;
  description?: string;
  /** The earlier deployment that it goes back to. No deployment file has one. */
  goesBack?: GoingBack;
  /** Values for `{{context.…}}`. */
  context: Record<string, string>;
  /** How long the work at one target may take, in milliseconds. Waiting for people does not count. */
  timeoutMs: number;
  /** What happens when a deployment of the application runs already. */
  ifDeploymentInProgress: WhenInProgress;
  /**
   * Whether a target fails whose packages have other bytes than those of other targets for the same
   * function. By default that is a warning.
   */
  strictArtifacts?: boolean;
  /** In the order of the file. */
  targets: TargetPlan[];
  /** Every strategy that a target names, by its name. */
  strategies: Record<string, Strategy>;
  /** Every webhook that a step runs, by its name. */
  webhooks: Record<string, Webhook>;
  /** Every query that an analysis runs, by its name. */
  queries: Record<string, Query>;
}

/** `reject` refuses the new deployment; `enqueueOne` keeps the newest one waiting. */
export type WhenInProgress = 'reject' | 'enqueueOne';

/** One account and region, and what is deployed there. */
export interface TargetPlan {
  /** Up to 64 characters, Unicode NFC, trimmed, without colons, quotes, backslashes and commas. */
  name: string;
  /** The label that the file gives the account. The account that counts is the deploy role's. */
  account: string;
  /** The role that the worker assumes to deploy. */
  deployRoleArn: string;
  region: string;
  /** A key of {@link Plan.strategies}. */
  strategy: string;
  /** Names of targets that must have deployed before this one starts. */
  dependsOn: string[];
  /** They run side by side before the first write; one that fails blocks the target. */
  beforeDeployment: BeforeStep[];
  /** They run side by side after the promotion; one that fails blocks the dependents. */
  afterDeployment: AfterStep[];
  functions: FunctionPlan[];
  /** Functions that are given back what an earlier deployment left. No deployment file has any. */
  restores?: RestorePlan[];
}

/**
 * One function that is to serve again what a published version of it has. With an alias, that is
 * one change of the alias; without one, the version's code and settings are put back on `$LATEST`.
 */
export interface RestorePlan {
  name: string;
  alias?: string;
  /** The number of the published version. */
  version: string;
  /**
   * The version that the alias serves until then or, without one, whose code and settings `$LATEST`
   * has. Where that is not so, nothing is written.
   */
  insteadOf?: string;
  /** As in {@link FunctionPlan}; code that is given back is looked for there, too. */
  replacedCode?: string;
}

/** One function as it shall be after the deployment. */
export interface FunctionPlan {
  name: string;
  package: PlannedPackage;
  settings: FunctionSettings;
  /** What belongs to the function as a whole. Absent where the file names nothing of it. */
  functionWide?: FunctionWide;
  /** The alias that carries the function's traffic. Without one, `$LATEST` does. */
  alias?: string;
  /**
   * `s3://bucket/folder/`: where the code that is replaced is kept before it is, unless AWS can fetch
   * it by version elsewhere. In the region of the target. Without it, none is kept.
   */
  replacedCode?: string;
  /**
   * How many execution environments of the new version are kept ready (provisioned concurrency); 0:
   * none. It has them before its first traffic. Only with an alias. Without it, it gets what the
   * version has that the alias serves before.
   */
  provisionedConcurrency?: number;
  /**
   * How many of the newest published versions are kept: after a success, older ones are deleted that
   * nothing names and no deployment could go back to. From 2 on. Without it, none is deleted.
   */
  keepVersions?: number;
}

/** Where a deployment package lies in S3. */
export interface PackageLocation {
  bucket: string;
  key: string;
}

/** What a function's code is made of: a zip file in S3, or a container image in ECR. */
export type PlannedPackage = PlannedZip | PlannedImage;

/** A zip file, and which bytes are meant where these are not just those that lie there at the start. */
export interface PlannedZip extends PackageLocation {
  /** The version of the object, in a bucket that keeps versions. */
  versionId?: string;
  /** Base64 of the SHA-256 of the bytes. With others the deployment does not begin. */
  codeSha256?: string;
}

/** A container image, and which is meant where it is not just the one that has the tag at the start. */
export interface PlannedImage {
  /**
   * `REGISTRY/REPOSITORY:TAG` or `REGISTRY/REPOSITORY@sha256:DIGEST`, in Amazon ECR in the region of
   * the target.
   */
  imageUri: string;
  /** The digest without `sha256:`, 64 hexadecimal digits. With another the deployment does not begin. */
  codeSha256?: string;
}

/**
 * The settings a deployment file may name. One that is absent stays as it is; one that is there is
 * meant as a whole, so what its parts leave out has AWS's default.
 */
export interface FunctionSettings {
  /** ARN of the function's execution role. */
  role: string;
  /** Of a function that is a zip file; such a function has one. */
  handler?: string;
  /** Of a function that is a zip file; such a function has one. */
  runtime?: string;
  /** Of the function itself: that of a version says what the version was made of. */
  description?: string;
  /** Megabytes. */
  memorySize?: number;
  /** Seconds. */
  timeout?: number;
  /** `{{secrets.NAME}}` in a value is filled in by the worker; all other braces are text. */
  environment?: Record<string, string>;
  /** ARNs of layer versions, in order. */
  layers?: string[];
  architectures?: string[];
  ephemeralStorage?: EphemeralStorage;
  vpcConfig?: VpcConfig;
  fileSystemConfigs?: FileSystemConfig[];
  deadLetterConfig?: DeadLetterConfig;
  tracingConfig?: TracingConfig;
  loggingConfig?: LoggingConfig;
  snapStart?: SnapStart;
  /** Of a function that is a container image. */
  imageConfig?: ImageConfig;
  /** ARN of the key for the environment and for snapshots; empty: AWS's own. */
  kmsKeyArn?: string;
  /** ARN of the key for the code that AWS keeps; empty: AWS's own. */
  sourceKmsKeyArn?: string;
}

/** The instruction sets that Lambda has; a function has one of them. */
export const ARCHITECTURES: readonly string[] = ['x86_64', 'arm64'];

/** How the traffic moves, and what has to happen in between. */
export interface Strategy {
  steps: Step[];
}

/** One step of a strategy. The steps of a strategy run one after the other. */
export type Step = SetWeightStep | AfterStep;

/** One step of a target's `beforeDeployment`: there is nothing yet that could be analysed. */
export type BeforeStep = PauseStep | ApprovalStep | RunWebhookStep;

/** One step of a target's `afterDeployment`. */
export type AfterStep = BeforeStep | AnalysisStep;

/** Gives the new version this share of the alias's traffic. */
export interface SetWeightStep {
  type: 'setWeight';
  /** Percent, 0 to 100. */
  weight: number;
}

/** Waits for a time. */
export interface PauseStep {
  type: 'pause';
  /** Milliseconds. */
  durationMs: number;
}

/** Waits until a person approves. */
export interface ApprovalStep {
  type: 'approval';
  /** Milliseconds, after which the approval counts as refused. Without it, there is no end. */
  expiresAfterMs?: number;
  /** Who may approve: one of these roles. Without it, anybody may. */
  requiresRoles?: string[];
}

/** Calls a webhook and, unless it says otherwise, waits for its callback. */
export interface RunWebhookStep {
  type: 'runWebhook';
  /** A key of {@link Plan.webhooks}. */
  webhook: string;
  /** Values for `{{context.…}}` that go before those of {@link Plan.context}. */
  context: Record<string, string>;
}

/** Runs queries again and again, and compares the average of each with its limits. */
export interface AnalysisStep {
  type: 'analysis';
  /** Milliseconds between two runs, and the time that one run looks back over when sliding. */
  intervalMs: number;
  /** How often each query is run. */
  runs: number;
  queries: QueryUse[];
  /** Whether a failure rolls back by itself, or a person decides. */
  rollBackMode: RollMode;
  /** Whether a success goes on by itself, or a person decides. */
  rollForwardMode: RollMode;
  /** How far a run looks back: one interval, or to the step's start. */
  lookbackMethod: LookbackMethod;
  /** Whether the first run outside its limits ends the step. */
  abortOnFailedJudgment: boolean;
  /** Values for `{{context.…}}` that go before those of {@link Plan.context}. */
  context: Record<string, string>;
}

export const ROLL_MODES = ['automatic', 'manual'] as const;
/** Who decides after an analysis: its verdict, or a person. */
export type RollMode = (typeof ROLL_MODES)[number];

export const LOOKBACK_METHODS = ['growing', 'sliding'] as const;
/** `growing` looks back to the step's start, `sliding` one interval. */
export type LookbackMethod = (typeof LOOKBACK_METHODS)[number];

/** A query, and who answers it. */
export interface QueryUse {
  /** A key of {@link Plan.queries}. */
  query: string;
  /** The name of a metric provider in the worker's settings. */
  provider: string;
}

/** A question to a metric provider, and which answers are good. */
export interface Query {
  /** Text with `{{variables}}`, in the provider's own language; it must answer with one number. */
  template: string;
  /** The average must not be greater. At least one limit is there. */
  upperLimit?: number;
  /** The average must not be smaller. */
  lowerLimit?: number;
  /** What it means when there is no data. */
  onNoData: OnNoData;
}

/**
 * What it means when a query finds no data: the step fails, the run counts as good, or it is asked
 * again for a while and then fails.
 */
export const ON_NO_DATA = ['fail', 'pass', 'retry'] as const;
/** What it means when a query finds no data; `retry` then fails if there is none for a while. */
export type OnNoData = (typeof ON_NO_DATA)[number];

/** Who sends a webhook's call: the worker, or an agent inside a private network. */
export const NETWORK_MODES = ['direct', 'remoteNetworkAgent'] as const;
/** Who sends a webhook's call: the worker, or an agent inside a private network. */
export type NetworkMode = (typeof NETWORK_MODES)[number];

export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** How a webhook is called. */
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** An HTTP call. URI, header values and body are texts with `{{variables}}`. */
export interface Webhook {
  method: HttpMethod;
  uriTemplate: string;
  headers: Header[];
  bodyTemplate?: string;
  networkMode: NetworkMode;
  /** The agent that sends the call when `networkMode` is `remoteNetworkAgent`. */
  agentIdentifier?: string;
  /** How often the call is tried again when it fails. */
  retryCount: number;
  /** Whether the step ends with the call, instead of waiting for a callback. */
  disableCallback: boolean;
}

/** A header of a webhook's call. */
export interface Header {
  key: string;
  /** A text with `{{variables}}`. */
  value: string;
}

/** The most targets that one plan may have: a workflow cannot hold more pending children. */
export const MAX_TARGETS = 2000;

/** The most functions of one target, and steps of one list: a workflow's history has an end. */
export const MAX_FUNCTIONS = 100;
export const MAX_STEPS = 100;

/** The largest plan in bytes of JSON, half of what a Temporal payload may be. */
export const MAX_PLAN_BYTES = 1024 * 1024;

/** The shortest deployment timeout, in milliseconds. */
export const MIN_TIMEOUT_MS = 60_000;

/** The longest that anything may wait, in milliseconds: 365 days. */
export const MAX_WAIT_MS = 365 * 24 * 60 * 60_000;

/** The most times that a webhook's call is tried again. */
export const MAX_RETRIES = 100;

/** The most times that an analysis runs its queries: a workflow's history has an end. */
export const MAX_JUDGMENT_RUNS = 1000;

/** The deployment timeout of a file that names none, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 30 * 60_000;
