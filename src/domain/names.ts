/** Names on the wire: workflow types and ids, the task queue. */

export const TASK_QUEUE = 'sluice';
/** The task queue of an agent inside a private network. */
export function agentTaskQueue(identifier: string): string {
  return `sluice:agent:${identifier}`;
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

/** The longest application name, in characters. */
export const MAX_APPLICATION_LENGTH = 100;

/** The longest target name, in characters. */
export const MAX_TARGET_LENGTH = 64;

/** The workflow id of an application's deployment. It is also the application's lock. */
export function deploymentWorkflowId(application: string): string {
  return `sluice:${application}`;
}

/** The workflow id of one target of an application. It is also the target's lock. */
export function targetWorkflowId(application: string, target: string): string {
  return `sluice:${application}:${target}`;
}

/** The workflow id of an application's queue, which runs only while something waits in it. */
export function queueWorkflowId(application: string): string {
  return `sluice-queue:${application}`;
}

/** The workflow id of a look at what a deployment would change. It locks nothing. */
export function preflightWorkflowId(application: string, deploymentId: string): string {
  return `sluice-preflight:${application}:${deploymentId}`;
}

/** Also those that change in which direction the text after them is read. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
export const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/**
 * Why a name cannot be part of a workflow id, or undefined when it can.
 *
 * @param maxLength - in characters (code points)
 */
export function nameProblem(name: string, maxLength: number): string | undefined {
  if (name.length === 0) return 'is empty';
  if (name.trim() !== name) return 'begins or ends with white space';
  if (name.normalize('NFC') !== name) return 'is not in Unicode normalisation form C';
  if ([...name].length > maxLength) return `is longer than ${maxLength} characters`;
  if (CONTROL.test(name)) return 'contains a control character';
  // Half of a surrogate pair is no character, and cannot be sent as UTF-8.
  if (/\p{Cs}/u.test(name)) return 'contains half a character';
  const forbidden = /[:'"`]/.exec(name)?.[0];
  return forbidden === undefined ? undefined : `contains ${forbidden}`;
}

/** The type of the ApplicationFailure that a deployment fails with; its first detail is the outcome. */
export const DEPLOYMENT_FAILED = 'DeploymentFailed';
