/**
 * A plan is what a deployment file means: plain JSON, with every default filled in and every
 * shorthand written out. It is the one argument of the deployment workflow, so a service in any
 * language can start a deployment by sending one.
 */
export interface Plan {
  schemaVersion: 1;
  /** Made by whoever starts the deployment (a UUID), so that it exists before the run does. */
  deploymentId: string;
  /** Up to 100 characters, Unicode NFC, trimmed, without `:` and quotes. */
  application: string;
  description?: string;
  /** Values for `{{context.…}}`. */
  context: Record<string, string>;
  /** How long the work at one target may take, in milliseconds. Waiting for people does not count. */
  timeoutMs: number;
  /** In the order of the file. */
  targets: TargetPlan[];
  /** Every strategy that a target names, by its name. */
  strategies: Record<string, Strategy>;
}

/** One account and region, and what is deployed there. */
export interface TargetPlan {
  /** Up to 64 characters, Unicode NFC, trimmed, without `:` and quotes. */
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
  functions: FunctionPlan[];
}

/** One function as it shall be after the deployment. */
export interface FunctionPlan {
  name: string;
  package: PackageLocation;
  settings: FunctionSettings;
  /** The alias that carries the function's traffic. Without one, `$LATEST` does. */
  alias?: string;
}

/** Where a deployment package lies in S3. */
export interface PackageLocation {
  bucket: string;
  key: string;
}

/** The settings a deployment file may name. One that is absent stays as it is. */
export interface FunctionSettings {
  /** ARN of the function's execution role. */
  role: string;
  handler: string;
  runtime: string;
  /** Megabytes. */
  memorySize?: number;
  /** Seconds. */
  timeout?: number;
  environment?: Record<string, string>;
  /** ARNs of layer versions, in order. */
  layers?: string[];
  architectures?: string[];
}

export interface Strategy {
  steps: Step[];
}

/** One step of a strategy. */
export type Step = SetWeightStep;

/** Gives the new version this share of the alias's traffic. */
export interface SetWeightStep {
  type: 'setWeight';
  /** Percent, 0 to 100. */
  weight: number;
}

/** The most targets that one plan may have: a workflow cannot hold more pending children. */
export const MAX_TARGETS = 2000;

/** The most functions of one target, and steps of one strategy: a workflow's history has an end. */
export const MAX_FUNCTIONS = 100;
export const MAX_STEPS = 100;

/** The largest plan in bytes of JSON, half of what a Temporal payload may be. */
export const MAX_PLAN_BYTES = 1024 * 1024;

/** The shortest deployment timeout, in milliseconds. */
export const MIN_TIMEOUT_MS = 60_000;

/** The deployment timeout of a file that names none, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 30 * 60_000;
