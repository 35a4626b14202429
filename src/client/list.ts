import { defined } from '../domain/defined.js';
import { DEPLOYMENT_WORKFLOW, deploymentWorkflowId } from '../domain/names.js';
import { readName } from '../domain/naming.js';
import type { Queued } from '../domain/queue.js';
import { SluiceError } from '../errors.js';
import { claimed } from './errors.js';
import { factsOf } from './facts.js';
import type { Link } from './link.js';
import { isOutcome } from './outcome.js';
import { listWaiting } from './queueFacts.js';
import type { DeploymentFacts, DeploymentRecord, RunState } from './report.js';
import { translate } from './requests.js';
import { readFacts } from './status.js';
import { askWhereTheyWait } from './whereTheyWait.js';

const ALL = `WorkflowType = '${DEPLOYMENT_WORKFLOW}'`;
const RUNNING = `${ALL} AND ExecutionStatus = 'Running'`;

/** Which applications are listed. */
export interface ListOptions {
  /**
   * Only those whose newest deployment is so.
   *
   * @default every state
   */
  state?: RunState;
  /**
   * At most so many.
   *
   * @default all
   */
  limit?: number;
  /**
   * Whether deployments that run are asked where they wait, each for 2 seconds and all together for
   * 10 seconds at most. That needs a worker; the rest of a list does not.
   *
   * @default false
   */
  gates?: boolean;
}

/** The deployments that run, newest first. Temporal lists a new one within moments. */
export function listRunning(link: Link): AsyncGenerator<DeploymentFacts, void> {
  return list(link, RUNNING);
}

/**
 * The newest deployment of each application: those that run first, then those that ended last.
 * Temporal gives them in this order, and an application's deployments one after the other.
 */
export async function* listApplications(
  link: Link,
  { gates = false, ...options }: ListOptions = {},
): AsyncGenerator<DeploymentRecord, void> {
  if (!gates) return yield* newestOfEach(link, options);
  const running: DeploymentRecord[] = [];
  for await (const record of newestOfEach(link, options)) {
    if (record.state === 'running') {
      running.push(record);
      continue;
    }
    yield* await askWhereTheyWait(link, running.splice(0));
    yield record;
  }
  yield* await askWhereTheyWait(link, running);
}

async function* newestOfEach(
  link: Link,
  { state, limit = Infinity }: ListOptions,
): AsyncGenerator<DeploymentRecord, void> {
  const seen = new Set<string>();
  let given = 0;
  if (limit <= 0) return;
  const waiting = await allWaiting(link);
  for await (const record of list(link, state === 'running' ? RUNNING : ALL)) {
    if (seen.has(record.workflowId)) continue;
    seen.add(record.workflowId);
    if (state !== undefined && record.state !== state) continue;
    const next = waiting.get(record.application);
    yield { ...record, ...defined({ waiting: next }) };
    given += 1;
    if (given >= limit) return;
  }
}

/** By application. */
async function allWaiting(link: Link): Promise<Map<string, Queued>> {
  const found = new Map<string, Queued>();
  for await (const { application, waiting } of listWaiting(link)) found.set(application, waiting);
  return found;
}

/**
 * The deployments of an application, newest first.
 *
 * @throws SluiceError `notFound` when there is none
 */
export async function* listHistory(
  link: Link,
  application: string,
): AsyncGenerator<DeploymentRecord, void> {
  const workflowId = deploymentWorkflowId(application);
  let isEmpty = true;
  // What is no name could mean something in a query.
  if ('name' in readName(application, 'application')) {
    for await (const record of list(link, `${ALL} AND WorkflowId = '${workflowId}'`)) {
      isEmpty = false;
      yield record;
    }
  }
  // One that has just begun may not be listed yet.
  if (isEmpty) yield readFacts(link, application);
}

/**
 * The deployment with an id. A memo cannot be searched for, so deployments that Temporal remembers
 * are looked through, newest first.
 *
 * @param application - whose deployment it is, which is quicker
 * @throws SluiceError `notFound`
 */
export async function findDeployment(
  link: Link,
  deploymentId: string,
  application?: string,
): Promise<DeploymentFacts> {
  if (application !== undefined) return findIn(link, application, deploymentId);
  for await (const { outcome: _, ...facts } of list(link, ALL)) {
    if (facts.deploymentId === deploymentId) return facts;
  }
  throw unknown(link, `deployment with the id ${claimed(deploymentId)}`);
}

async function findIn(
  link: Link,
  application: string,
  deploymentId: string,
): Promise<DeploymentFacts> {
  const newest = await readFacts(link, application);
  if (newest.deploymentId === deploymentId) return newest;
  for await (const { outcome: _, ...facts } of listHistory(link, application)) {
    if (facts.deploymentId === deploymentId) return facts;
  }
  throw unknown(
    link,
    `deployment of "${claimed(application)}" with the id ${claimed(deploymentId)}`,
  );
}

function unknown({ settings }: Link, what: string): SluiceError {
  return new SluiceError(
    'notFound',
    `Temporal knows no ${what} in the namespace "${settings.namespace}". A new one is listed ` +
      "within seconds, and an old one until the namespace's retention is over.",
  );
}

async function* list(
  { client, settings }: Link,
  query: string,
): AsyncGenerator<DeploymentRecord, void> {
  try {
    for await (const execution of client.workflow.list({ query, pageSize: 200 })) {
      const outcome: unknown = execution.memo?.outcome;
      yield { ...factsOf(execution), ...(isOutcome(outcome) && { outcome }) };
    }
  } catch (error) {
    throw translate(settings, error);
  }
}
