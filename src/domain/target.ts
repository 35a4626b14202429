import type { Failure } from './failures.js';
import type { PinnedPackage } from './packages.js';
import type {
  AfterStep,
  BeforeStep,
  FunctionPlan,
  Query,
  RestorePlan,
  Strategy,
  TargetPlan,
  Webhook,
} from './plan.js';

/** Whom a call to AWS is for: the same fields in every activity's input. */
export interface TargetAccess {
  application: string;
  deploymentId: string;
  target: string;
  deployRoleArn: string;
  region: string;
}

/** The one argument of the target workflow: its part of the plan, with the packages pinned. */
export interface TargetInput {
  schemaVersion: 1;
  deploymentId: string;
  application: string;
  target: string;
  /** The label that the file gives the account. */
  account: string;
  deployRoleArn: string;
  region: string;
  /** How long the work may take, in milliseconds. */
  timeoutMs: number;
  /** They run side by side before anything else. */
  beforeDeployment: BeforeStep[];
  strategy: Strategy;
  /** They run side by side after the promotion. */
  afterDeployment: AfterStep[];
  /** Whether it tells its deployment where it waits, so that answers need no name of a gate. */
  announcesGates: boolean;
  /** The values for `{{context.…}}` that its webhooks and queries use; those of a step go first. */
  context: Record<string, string>;
  /** The webhooks that its steps run, by name. */
  webhooks: Record<string, Webhook>;
  /** The queries that its analyses run, by name. */
  queries: Record<string, Query>;
  functions: TargetFunction[];
  /** Of the secrets that fill in their environments: the versions that count, where they have any. */
  secretVersions?: Record<string, string>;
  /** What is known already that somebody should look at. */
  warnings?: Failure[];
}

export type TargetFunction = ReleasedFunction | RestoredFunction;

/** A function that becomes what the plan says. */
export interface ReleasedFunction {
  plan: FunctionPlan;
  package: PinnedPackage;
}

/** A function that becomes again what one of its versions is. */
export interface RestoredFunction {
  plan: RestorePlan;
}

/** The names of what a target deploys. */
export function namesIn({
  functions,
  restores = [],
}: Pick<TargetPlan, 'functions' | 'restores'>): string[] {
  return [...functions, ...restores].map(({ name }) => name);
}
