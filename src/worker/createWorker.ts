import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/createActivities.js';
import { checkPlan } from '../config/index.js';
import { TASK_QUEUE } from '../domain/names.js';
import { notCarriedOut } from '../domain/notCarriedOut.js';
import { createAccess } from '../settings/access.js';
import type { Environment } from '../settings/environment.js';
import type { Settings } from '../settings/settings.js';
import { messageOf } from '../settings/sluiceError.js';
import { namespaceNotFound, type TemporalSettings } from '../settings/temporal.js';
import { createClosingWait } from './closing.js';
import { createConfirmation } from './confirmations.js';
import { missingProviders } from './missingProviders.js';
import { createSecrets } from './secrets.js';

export interface WorkerParts {
  settings: Settings;
  /** Where secrets may lie. */
  environment: Environment;
  temporal: TemporalSettings;
  /** Path of the bundled workflows. */
  codePath: string;
}

/**
 * Makes a worker for deployments.
 *
 * @throws SluiceError `namespaceNotFound`
 */
export async function createWorker(
  connection: NativeConnection,
  { settings, environment, temporal, codePath }: WorkerParts,
): Promise<Worker> {
  const client = new Client({ connection, namespace: temporal.namespace });
  try {
    return await Worker.create({
      connection,
      namespace: temporal.namespace,
      taskQueue: TASK_QUEUE,
      identity: uniqueIdentity(),
      workflowBundle: { codePath },
      activities: createActivities({
        access: createAccess(settings),
        requestsPerSecond: settings.requestsPerSecond,
        confirmCurrent: createConfirmation(client),
        awaitClosed: createClosingWait(client),
        checkPlan: (value) => problemsOf(value, settings),
        secrets: createSecrets(settings, environment),
        metricProviders: settings.metricProviders,
      }),
      ...TUNING,
    });
  } catch (cause) {
    if (/namespace .* not found/is.test(messageOf(cause))) throw namespaceNotFound(temporal, cause);
    throw cause;
  }
}

/**
 * Activities wait more than they work, so many run at once; the limiter keeps them within what AWS
 * takes. A cached workflow costs one to two megabytes. A cancellation reaches an activity with its
 * heartbeats, so these are hardly throttled. An activity's request may take ten seconds.
 */
const TUNING = {
  maxConcurrentActivityTaskExecutions: 200,
  maxConcurrentWorkflowTaskExecutions: 40,
  maxCachedWorkflows: 300,
  maxHeartbeatThrottleInterval: '1s',
  defaultHeartbeatThrottleInterval: '1s',
  shutdownGraceTime: '12s',
  shutdownForceTime: '25s',
} as const;

function problemsOf(value: unknown, { metricProviders }: Settings): string[] {
  const checked = checkPlan(value);
  if ('problems' in checked) return checked.problems;
  const { plan } = checked;
  return [...notCarriedOut(plan), ...missingProviders(plan, [...metricProviders.keys()])];
}

/** A restarted container has the same host name and process id, and is another worker all the same. */
function uniqueIdentity(): string {
  return `${process.pid}@${hostname()}-${randomBytes(4).toString('hex')}`;
}
