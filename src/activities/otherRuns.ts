import { cancellationSignal } from '@temporalio/activity';
import type { LatestRun } from '../domain/queue.js';
import type { FunctionAccess } from './access.js';

/** Resolves when no run of the workflow id is open any more; rejects when the signal aborts. */
export type AwaitClosed = (workflowId: string, signal: AbortSignal) => Promise<void>;

/** Waits until the run that holds a workflow id has ended, however it ends. */
export function awaitClosed(wait: AwaitClosed) {
  return async function awaitClosed(workflowId: string): Promise<void> {
    await wait(workflowId, cancellationSignal());
  };
}

/** What the runs of a target that Temporal still remembers have left to go back to. */
export interface PastRuns {
  /** How long Temporal remembers a run that has ended, in milliseconds. */
  rememberedMs: number;
  /** The versions of the function that they name. */
  versions: string[];
}

/** Reads the outcomes of a target's runs, of one function. */
export type ReadPastRuns = (
  whose: Pick<FunctionAccess, 'application' | 'target' | 'function'>,
) => Promise<PastRuns>;

/** The newest run of a deployment's workflow id, open or not; undefined when there is none. */
export type FindLatestRun = (workflowId: string) => Promise<LatestRun | undefined>;

/** Looks which run of a workflow id is the newest. */
export function latestRun(find: FindLatestRun) {
  return async function latestRun(workflowId: string): Promise<LatestRun | undefined> {
    return find(workflowId);
  };
}
