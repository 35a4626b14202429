import { normalName } from './naming.js';

/** Names on the wire: workflow types and ids, the task queue. Whatever the form of a name, its id is one. */

export const TASK_QUEUE = 'sluice';
/** The task queue of an agent inside a private network. */
export function agentTaskQueue(identifier: string): string {
  return `sluice:agent:${normalName(identifier)}`;
}

export const DEPLOYMENT_WORKFLOW = 'sluiceDeployment';
export const TARGET_WORKFLOW = 'sluiceTarget';
export const QUEUE_WORKFLOW = 'sluiceQueue';
/** Looks what a deployment would change; it writes nothing. */
export const PREFLIGHT_WORKFLOW = 'sluicePreflight';
/** Looks at some of the targets of a large plan. */
export const PREFLIGHT_PAGE_WORKFLOW = 'sluicePreflightPage';
export const STATUS_QUERY = 'status';
/** The updates that an application's queue takes. */
export const ENQUEUE_UPDATE = 'enqueue';
export const DEQUEUE_UPDATE = 'dequeue';
/** What a target tells its deployment: the gates that it has open now, and whether it goes back. */
export const GATES_SIGNAL = 'gatesChanged';
/** What cancels a deployment and says who wants it: Temporal's own cancellation carries nobody. */
export const CANCEL_SIGNAL = 'cancel';

/** In plans of up to this many targets, targets tell their deployment where they wait. */
export const MAX_ANNOUNCING_TARGETS = 100;

/** The workflow id of an application's deployment. It is also the application's lock. */
export function deploymentWorkflowId(application: string): string {
  return `sluice:${normalName(application)}`;
}

/** The workflow id of one target of an application. It is also the target's lock. */
export function targetWorkflowId(application: string, target: string): string {
  return `${deploymentWorkflowId(application)}:${normalName(target)}`;
}

/** The workflow id of an application's queue, which runs only while something waits in it. */
export function queueWorkflowId(application: string): string {
  return `sluice-queue:${normalName(application)}`;
}

/** The workflow id of a look at what a deployment would change. It locks nothing. */
export function preflightWorkflowId(application: string, deploymentId: string): string {
  return `sluice-preflight:${normalName(application)}:${deploymentId}`;
}

/** The type of the ApplicationFailure that a deployment fails with; its first detail is the outcome. */
export const DEPLOYMENT_FAILED = 'DeploymentFailed';
