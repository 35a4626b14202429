import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { defined } from '../domain/defined.js';
import { detailsOf, memoOf, type Origin, summaryOf } from '../domain/metadata.js';
import {
  DEPLOYMENT_WORKFLOW,
  deploymentWorkflowId,
  queueWorkflowId,
  TASK_QUEUE,
} from '../domain/names.js';
import type { Plan } from '../domain/plan.js';
import type { EnqueueAnswer, LatestRun, Queued } from '../domain/queue.js';
import { ConflictError } from './errors.js';
import { factsOf } from './facts.js';
import type { Link } from './link.js';
import { workersPolling } from './pollers.js';
import { enqueue } from './queue.js';
import { readWaiting } from './queueFacts.js';
import type { DeploymentFacts } from './report.js';
import { ask } from './requests.js';
import { readFacts } from './status.js';

/** A deployment that was started or queued. */
export interface AcceptedDeployment {
  application: string;
  /** The deployment's own id: it stands in the plan, the memo and what AWS is told. */
  deploymentId: string;
  /** Of the deployment, or of the queue that it waits in. */
  workflowId: string;
  namespace: string;
  /** Whether anything polls the task queue. If not, the deployment waits for a worker. */
  workersPolling: boolean;
  /** The deployment that waited before and will not run, because this one is newer. */
  replaced?: Queued;
}

/** A deployment that runs. */
export interface StartedDeployment extends AcceptedDeployment {
  state: 'started';
  runId: string;
}

/** A deployment that waits until the one that runs has ended. */
export interface QueuedDeployment extends AcceptedDeployment {
  state: 'queued';
  /** The deployment that it waits for. */
  running: LatestRun;
}

/** How to go about a deployment of the application that runs already. */
export interface StartingOptions {
  /**
   * Roll the deployment that runs back and go next, whatever the file says.
   *
   * @default false
   */
  supersede?: boolean;
}

/**
 * Starts the deployment of a plan, or queues it where the plan says so and another runs. A plan
 * whose run is the application's newest, by its deployment id, is not started again, also when it
 * has ended: so a start whose answer was lost can be repeated.
 *
 * @throws ConflictError when another deployment of the application runs or waits
 * @throws SluiceError `unanswered` when it is to be queued and no worker answers
 */
export async function startPlan(
  link: Link,
  plan: Plan,
  origin: Origin,
  { supersede = false }: StartingOptions = {},
): Promise<StartedDeployment | QueuedDeployment> {
  const mayWait = supersede || plan.ifDeploymentInProgress === 'enqueueOne';
  const waiting = await readWaiting(link, plan.application);
  if (waiting !== undefined && !mayWait) throw new ConflictError(plan.application, { waiting });
  // What waits goes first, unless the queue gives its place to this one.
  const found = waiting === undefined ? await startOrFind(link, plan, origin) : undefined;
  if (found !== undefined && 'started' in found) return started(link, plan, found.started);
  if (found !== undefined && !mayWait) {
    throw new ConflictError(plan.application, { running: found.other });
  }
  const answer = await enqueue(link, plan, origin);
  if (supersede && answer.state === 'queued') await rollBack(link, plan, origin, answer.running);
  return accepted(link, plan, answer);
}

async function accepted(
  link: Link,
  plan: Plan,
  answer: EnqueueAnswer,
): Promise<StartedDeployment | QueuedDeployment> {
  if (answer.state === 'dropped') {
    throw new ConflictError(plan.application, { dropped: answer.dropped });
  }
  const replaced = answer.replaced && { replaced: answer.replaced };
  if (answer.state === 'started') {
    return { ...(await started(link, plan, answer.runId)), ...replaced };
  }
  return {
    state: 'queued',
    application: plan.application,
    deploymentId: plan.deploymentId,
    workflowId: queueWorkflowId(plan.application),
    namespace: link.settings.namespace,
    workersPolling: true,
    running: answer.running,
    ...replaced,
  };
}

/** The run that was under way, and no other, is taken back; it may have ended meanwhile. */
async function rollBack(
  link: Link,
  { application, deploymentId }: Plan,
  { startedBy }: Origin,
  running: LatestRun,
): Promise<void> {
  const id = deploymentWorkflowId(application);
  const handle = link.client.workflow.getHandle(id, running.runId);
  const comment = `superseded by deployment ${deploymentId}`;
  const request = { comment, ...defined({ by: startedBy }) };
  await ask(link, () => handle.signal('rollback', request)).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}

async function started(link: Link, plan: Plan, runId: string): Promise<StartedDeployment> {
  return {
    state: 'started',
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

async function startOrFind(
  link: Link,
  plan: Plan,
  origin: Origin,
): Promise<{ started: string } | { other: DeploymentFacts }> {
  for (;;) {
    try {
      return { started: await startRun(link, plan, origin) };
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
    const other = await readFacts(link, plan.application);
    if (other.deploymentId === plan.deploymentId) return { started: other.runId };
    // One that has ended in this moment keeps nobody from starting.
    if (other.state === 'running') return { other };
  }
}

/** It is asked again where the answer was lost: by then the plan may have run to its end. */
async function startRun(link: Link, plan: Plan, origin: Origin): Promise<string> {
  const { workflow } = link.client;
  const workflowId = deploymentWorkflowId(plan.application);
  return ask(link, async () => {
    const own = await newestRunOf(link, plan);
    if (own !== undefined) return own;
    const handle = await workflow.start(DEPLOYMENT_WORKFLOW, {
      workflowId,
      taskQueue: TASK_QUEUE,
      args: [plan],
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      memo: memoOf(plan, origin),
      staticSummary: summaryOf(plan),
      staticDetails: detailsOf(plan, origin),
    });
    return handle.firstExecutionRunId;
  });
}

/** The application's newest run, if it is that of the plan. */
async function newestRunOf(
  { client }: Link,
  { application, deploymentId }: Plan,
): Promise<string | undefined> {
  try {
    const handle = client.workflow.getHandle(deploymentWorkflowId(application));
    const newest = factsOf(await handle.describe());
    return newest.deploymentId === deploymentId ? newest.runId : undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
