import type { WorkflowHandle } from '@temporalio/client';
import type { OpenGate } from '../../src/domain/gates.js';
import type { DeploymentProgress, TargetProgress } from '../../src/domain/status.js';
import { until } from './until.js';

/** Waits until a target is at these gates, or a deployment knows that its targets are. */
export async function untilOpen(handle: WorkflowHandle, ...ids: string[]): Promise<OpenGate[]> {
  const wanted = ids.sort().join();
  return until(`${wanted} was open`, async () => {
    const gates = (await progressOf(handle))?.gates;
    return gates
      ?.map(({ id }) => id)
      .sort()
      .join() === wanted
      ? gates
      : undefined;
  });
}

/** Waits until a message has been recorded as one that changed nothing, and gives the reason. */
export async function untilIgnored(handle: WorkflowHandle, verb: string): Promise<string> {
  return until(`${verb} was ignored`, async () => {
    const ignored = (await progressOf(handle))?.ignored;
    return ignored?.findLast((one) => one.verb === verb)?.reason;
  });
}

/** A workflow that has not started yet says nothing. */
async function progressOf(
  handle: WorkflowHandle,
): Promise<DeploymentProgress | TargetProgress | undefined> {
  return handle.query<DeploymentProgress | TargetProgress>('status').catch(() => undefined);
}

/** Waits until a running target tells what is looked for. */
export async function untilProgress(
  handle: WorkflowHandle,
  is: (progress: TargetProgress) => boolean,
): Promise<TargetProgress> {
  return until('the target told it', async () => {
    const progress = (await progressOf(handle)) as TargetProgress | undefined;
    return progress !== undefined && is(progress) ? progress : undefined;
  });
}
