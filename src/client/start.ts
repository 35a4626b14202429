import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { DEPLOYMENT_WORKFLOW, deploymentWorkflowId, TASK_QUEUE } from '../domain/names.js';
import type { Plan } from '../domain/plan.js';
import { ConflictError } from './errors.js';
import { ask } from './requests.js';
import type { Link } from './link.js';
import { detailsOf, memoOf, type Origin, summaryOf } from '../domain/metadata.js';
import { workersPolling } from './pollers.js';
import { readFacts } from './status.js';

/** A deployment that has been started. */
export interface StartedDeployment {
  application: string;
  deploymentId: string;
  workflowId: string;
  runId: string;
  namespace: string;
  /** Whether anything polls the task queue. If not, the deployment waits for a worker. */
  workersPolling: boolean;
}

/**
 * Starts the deployment of a plan. A plan that is running already, by its deployment id, is not
 * started again: so a start whose answer was lost can be repeated.
 *
 * @throws ConflictError when another deployment of the application runs
 */
export async function startPlan(
  link: Link,
  plan: Plan,
  origin: Origin,
): Promise<StartedDeployment> {
  const runId = await startOrFind(link, plan, origin);
  return {
    application: plan.application,
    deploymentId: plan.deploymentId,
    workflowId: deploymentWorkflowId(plan.application),
    runId,
    namespace: link.settings.namespace,
    workersPolling: await pollingOrUnknown(link),
  };
}

/** The deployment has been started: that nobody could be asked about workers is no failure. */
function pollingOrUnknown(link: Link): Promise<boolean> {
  return ask(link, () => workersPolling(link.client)).catch(() => true);
}

async function startOrFind(link: Link, plan: Plan, origin: Origin): Promise<string> {
  try {
    return await startRun(link, plan, origin);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const other = await readFacts(link, plan.application);
    if (other.deploymentId === plan.deploymentId) return other.runId;
    if (other.state !== 'running') return startRun(link, plan, origin);
    throw new ConflictError(other, { cause: error });
  }
}

async function startRun(link: Link, plan: Plan, origin: Origin): Promise<string> {
  const handle = await ask(link, () =>
    link.client.workflow.start(DEPLOYMENT_WORKFLOW, {
      workflowId: deploymentWorkflowId(plan.application),
      taskQueue: TASK_QUEUE,
      args: [plan],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      memo: memoOf(plan, origin),
      staticSummary: summaryOf(plan),
      staticDetails: detailsOf(plan, origin),
    }),
  );
  return handle.firstExecutionRunId;
}
