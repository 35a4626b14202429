import type { PinnedPackage } from './packages.js';
import type { FunctionPlan, Strategy } from './plan.js';

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
  strategy: Strategy;
  functions: TargetFunction[];
}

export interface TargetFunction {
  plan: FunctionPlan;
  package: PinnedPackage;
}
