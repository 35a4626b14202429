import type { PinnedPackage } from './packages.js';
import type { AfterStep, BeforeStep, FunctionPlan, Strategy } from './plan.js';

/** The one argument of the target workflow: its part of the plan, with the packages pinned. */
export interface TargetInput {
  schemaVersion: 1;
  deploymentId: string;
  application: string;
  target: string;
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
  functions: TargetFunction[];
}

export interface TargetFunction {
  plan: FunctionPlan;
  package: PinnedPackage;
}
