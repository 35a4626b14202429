import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities, createAgentActivities } from '../activities/createActivities.js';
import { agentTaskQueue, TASK_QUEUE } from '../domain/names.js';
import { createAccess } from '../settings/access.js';
import type { Environment } from '../settings/environment.js';
import type { Settings } from '../settings/settings.js';
import { messageOf } from '../errors.js';
import { namespaceNotFound, type TemporalSettings } from '../settings/temporal.js';
import { createClosingWait } from './closing.js';
import { createConfirmation } from './confirmations.js';
import { createLatestRun } from './latestRun.js';
import { createOutside } from './outside.js';
import { createPastRuns } from './pastRuns.js';
import { createPlanCheck } from './planProblems.js';

export interface WorkerParts {
  settings: Settings;
  environment: Environment;
  temporal: TemporalSettings;
}

/**
 * Makes a worker for deployments.
 *
 * @param codePath - path of the bundled workflows
 * @throws SluiceError `namespaceNotFound`
 */
export async function createWorker(
  connection: NativeConnection,
  { settings, environment, temporal }: WorkerParts,
  codePath: string,
): Promise<Worker> {
  const client = new Client({ connection, namespace: temporal.namespace });
  const outside = createOutside(settings, environment);
  const access = createAccess(settings);
  return create(temporal, {
    connection,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath },
    activities: createActivities({
      access,
      mayAsk: access.mayAsk,
      requestsPerSecond: settings.requestsPerSecond,
      confirmCurrent: createConfirmation(client),
      awaitClosed: createClosingWait(client),
      latestRun: createLatestRun(client),
      pastRuns: createPastRuns(client),
      checkPlan: createPlanCheck(settings, outside),
      metricProviders: settings.metricProviders,
      ...outside,
    }),
    maxConcurrentWorkflowTaskExecutions: 40,
    maxCachedWorkflows: 300,
  });
}

/**
 * Makes an agent: a worker without workflows, which calls webhooks.
 *
 * @throws SluiceError `namespaceNotFound`
 */
export async function createAgent(
  connection: NativeConnection,
  { settings, environment, temporal }: WorkerParts,
  identifier: string,
): Promise<Worker> {
  return create(temporal, {
    connection,
    taskQueue: agentTaskQueue(identifier),
    activities: createAgentActivities({
      ...createOutside(settings, environment),
      serves: (application) => createAccess(settings).mayUseAgent(application, identifier),
    }),
  });
}

async function create(
  temporal: TemporalSettings,
  options: Omit<WorkerOptions, 'namespace' | 'identity'>,
): Promise<Worker> {
  const { namespace } = temporal;
  try {
    return await Worker.create({ namespace, identity: uniqueIdentity(), ...TUNING, ...options });
  } catch (cause) {
    const message = messageOf(cause).toLowerCase();
    const isMissing = message.includes('namespace ') && message.includes(' not found');
    if (isMissing) throw namespaceNotFound(temporal, cause);
    throw cause;
  }
}

/**
 * Activities wait more than they work, so many run at once; the limiter keeps them within what AWS
 * takes. A cached workflow costs one to two megabytes. A cancellation reaches an activity with its
 * heartbeats, so these are hardly throttled. A request that carries
 * no code may take ten seconds.
 */
const TUNING = {
  maxConcurrentActivityTaskExecutions: 200,
  maxHeartbeatThrottleInterval: '1s',
  defaultHeartbeatThrottleInterval: '1s',
  shutdownGraceTime: '12s',
  shutdownForceTime: '25s',
} as const;

/** A restarted container has the same host name and process id, and is another worker all the same. */
function uniqueIdentity(): string {
  return `${process.pid}@${hostname()}-${randomBytes(4).toString('hex')}`;
}
