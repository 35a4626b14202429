import type { Origin } from '../domain/metadata.js';
import type { PlanSource, Strictness } from './planSource.js';
import type { LookOptions } from './preflight.js';
import type { QueuedDeployment, StartedDeployment, StartingOptions } from './start.js';

/** What to deploy: one of the four sources of a plan. And who starts it, and how. */
export type StartOptions = PlanSource & Origin & StartingOptions & Strictness;

/** What would be deployed, and how far it is looked at. */
export type PlanOptions = PlanSource & LookOptions & Strictness;

/** Which deployment is run again, and who starts it. By default its commit is that of before. */
export type RedeployOptions = RunOptions & Origin & StartingOptions;

/** What is given back, and who asks for it. */
export interface RestoreOptions extends RunOptions, Pick<Origin, 'startedBy'>, StartingOptions {
  /**
   * The id of an earlier deployment: what was live when it had ended is given back.
   *
   * @default what was live before the deployment
   */
  to?: string;
  /** Why, in up to 300 characters; the plan has it in `goesBack`. */
  comment?: string;
}

/** A deployment that gives back what was served before. */
export interface Restoring {
  accepted: StartedDeployment | QueuedDeployment;
  /** What is not given back, or takes longer, in sentences. */
  notes: string[];
}

/** Which run of an application is meant. */
export interface RunOptions {
  /** A run of the application. By default the newest. */
  runId?: string;
}
