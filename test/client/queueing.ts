import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import {
  ConflictError,
  type DeploymentFacts,
  type DeploymentRecord,
  type QueuedDeployment,
  type Sluice,
} from '../../src/client.js';
import type { BeforeStep, Plan } from '../../src/domain/plan.js';
import type { EnqueueAnswer } from '../../src/domain/queue.js';
import { uniqueName } from '../support/names.js';
import { functionPlan, plan, targetPlan } from '../support/plans.js';
import { startNow } from '../support/startNow.js';
import { until } from '../support/until.js';

const APPROVAL: BeforeStep[] = [{ type: 'approval' }];

/** A deployment that waits for an approval, or does not. */
export function wanted(
  application: string,
  changes: Partial<Plan> = {},
  beforeDeployment: BeforeStep[] = [],
): Plan {
  const functions = [functionPlan(uniqueName('f'))];
  const target = targetPlan('prod', { functions, beforeDeployment });
  return plan([target], { application, ifDeploymentInProgress: 'enqueueOne', ...changes });
}

/** Starts a deployment that runs until it is approved. */
export async function running(
  sluice: Sluice,
  changes: Partial<Plan> = {},
): Promise<{ application: string; runId: string }> {
  const application = uniqueName('shop');
  const { runId } = await startNow(sluice, { plan: wanted(application, changes, APPROVAL) });
  await until('the gate was open', async () => {
    const { gates } = await sluice.status(application);
    return gates.length > 0 ? gates : undefined;
  });
  return { application, runId };
}

/** Queues a deployment behind the one that runs. */
export async function queued(
  sluice: Sluice,
  given: Plan,
  startedBy?: string,
): Promise<QueuedDeployment> {
  const accepted = await sluice.start({ plan: given, ...(startedBy && { startedBy }) });
  if (accepted.state !== 'queued') throw new Error('It was started.');
  return accepted;
}

/** Queues a deployment as a service in any language does. */
export function enqueued(client: Client, given: Plan): Promise<EnqueueAnswer & { runId: string }> {
  type Answer = EnqueueAnswer & { runId: string };
  return client.workflow.executeUpdateWithStart<() => Promise<void>, Answer, [object]>('enqueue', {
    args: [{ plan: given }],
    updateId: given.deploymentId,
    startWorkflowOperation: new WithStartWorkflowOperation('sluiceQueue', {
      workflowId: `sluice-queue:${given.application}`,
      taskQueue: 'sluice',
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [],
    }),
  });
}

/** An application in the list of all, as soon as one is listed that waits of it. */
export async function listedOf(
  sluice: Sluice,
  application: string,
): Promise<DeploymentRecord | undefined> {
  for await (const record of sluice.list()) {
    if (record.application === application && record.waiting !== undefined) return record;
  }
  return undefined;
}

/** The run that a queued deployment becomes. */
export async function runOf(sluice: Sluice, one: QueuedDeployment): Promise<DeploymentFacts> {
  const turn = await sluice.untilReleased(one);
  if (turn === undefined || !('run' in turn))
    throw new Error(`It did not run: ${JSON.stringify(turn)}`);
  return turn.run;
}

/** Why a start is refused. */
export async function refusal(start: Promise<unknown>): Promise<ConflictError> {
  const error: unknown = await start.catch((reason: unknown) => reason);
  if (error instanceof ConflictError) return error;
  throw new Error('It was not refused.', { cause: error });
}
