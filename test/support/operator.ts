import type { WorkflowHandle } from '@temporalio/client';
import { expect } from 'vitest';
import type { OpenGate } from '../../src/domain/gates.js';
import type { DeploymentProgress, TargetProgress } from '../../src/domain/status.js';

/** Waits until a target is at these gates, or a deployment knows that its targets are. */
export async function untilOpen(handle: WorkflowHandle, ...ids: string[]): Promise<OpenGate[]> {
  await expect
    .poll(async () => (await gatesOf(handle)).map(({ id }) => id).sort(), { timeout: 20_000 })
    .toEqual(ids.sort());
  return gatesOf(handle);
}

async function gatesOf(handle: WorkflowHandle): Promise<OpenGate[]> {
  const progress = await handle
    .query<DeploymentProgress | TargetProgress>('status')
    .catch(() => undefined);
  return progress?.gates ?? [];
}

/** Waits until a message has been recorded as one that changed nothing, and gives the reason. */
export async function untilIgnored(handle: WorkflowHandle, verb: string): Promise<string> {
  const last = async () =>
    (await handle.query<DeploymentProgress | TargetProgress>('status')).ignored.findLast(
      (one) => one.verb === verb,
    );
  await expect.poll(last, { timeout: 20_000 }).toBeDefined();
  return (await last())?.reason ?? '';
}
