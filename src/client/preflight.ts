import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Failure } from '../domain/failures.js';
import { PREFLIGHT_WORKFLOW, preflightWorkflowId, TASK_QUEUE } from '../domain/names.js';
import type { Plan } from '../domain/plan.js';
import type { PreflightOptions, PreflightResult, TargetPreflight } from '../domain/preflight.js';
import { messageOf, SluiceError } from '../errors.js';
import type { Link } from './link.js';
import { summaryOf } from '../domain/metadata.js';
import { workersPolling } from './pollers.js';
import { preflightOf, type Preflight } from './preflightReport.js';
import { readWaiting } from './queueFacts.js';
import { ask, translate } from './requests.js';
import { findRunning } from './status.js';

/** How long nothing may poll the task queue meanwhile, before it is given up, in milliseconds. */
const PATIENCE_MS = 10_000;

/** The same when it begins: a worker may be starting just now. */
const START_PATIENCE_MS = 2000;

/** How often it is looked whether somebody takes the work, in milliseconds. */
const INTERVAL_MS = 1000;

/** After as many attempts it is no accident that a worker does not know the workflow. */
const ENOUGH_ATTEMPTS = 3;

/** What nobody waits for any more ends by itself. */
const LIMIT = '35m';

/** How far is looked, and how long. */
export interface LookOptions extends PreflightOptions {
  /** Ends the looking. */
  signal?: AbortSignal;
}

/**
 * Looks what a deployment of a plan would change.
 *
 * @throws SluiceError `unanswered`
 */
export async function lookAhead(link: Link, plan: Plan, options: LookOptions): Promise<Preflight> {
  const { dryRunCode = false, signal } = options;
  const [running, waiting, result] = await Promise.all([
    findRunning(link, plan.application),
    readWaiting(link, plan.application),
    resultOf(link, plan, { dryRunCode }, signal),
  ]);
  return preflightOf(plan, result, { running, waiting });
}

/** What the workers say, or the problem of the plan for which they say nothing. */
async function resultOf(
  link: Link,
  plan: Plan,
  options: PreflightOptions,
  signal?: AbortSignal,
): Promise<{ targets: TargetPreflight[] } | { failure: Failure }> {
  await assertWorkers(link);
  const handle = await start(link, plan, options);
  try {
    const result = await untilDone<PreflightResult>(link, handle, signal);
    return { targets: result.targets ?? (await pagesOf(link, result.pages ?? [], signal)) };
  } catch (error) {
    // It writes nothing, so there is nothing that an end would leave half done.
    await handle.terminate('nobody waits for it any more').catch(() => undefined);
    const failure = failureOf(error);
    if (failure !== undefined) return { failure };
    if (!(error instanceof WorkflowFailedError)) throw error;
    const why = messageOf(error.cause ?? error).replace(/\.$/, '');
    throw new SluiceError('unanswered', `The workers did not say what would change: ${why}.`, {
      cause: error,
    });
  }
}

async function start(link: Link, plan: Plan, options: PreflightOptions): Promise<WorkflowHandle> {
  return ask(link, () =>
    link.client.workflow.start(PREFLIGHT_WORKFLOW, {
      workflowId: preflightWorkflowId(plan.application, plan.deploymentId),
      taskQueue: TASK_QUEUE,
      args: [plan, options],
      workflowExecutionTimeout: LIMIT,
      staticSummary: summaryOf(plan, 'what would change: '),
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
    }),
  );
}

async function pagesOf(
  link: Link,
  pages: readonly string[],
  signal?: AbortSignal,
): Promise<TargetPreflight[]> {
  const targets: TargetPreflight[] = [];
  for (const page of pages) {
    const handle = link.client.workflow.getHandle(page);
    targets.push(...(await untilDone<TargetPreflight[]>(link, handle, signal)));
  }
  return targets;
}

/** The plan's own fault, as opposed to one of a target's. */
function failureOf(error: unknown): Failure | undefined {
  const cause = error instanceof WorkflowFailedError ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure) || cause.type !== 'invalidPlan') return undefined;
  return cause.details?.[0] as Failure;
}

/** Waits for a result, as long as there is somebody who may bring it. */
async function untilDone<Result>(
  link: Link,
  handle: WorkflowHandle,
  signal?: AbortSignal,
): Promise<Result> {
  const over = new AbortController();
  const stop = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  try {
    const result = link.client.withAbortSignal(stop, () => handle.result()) as Promise<Result>;
    return await Promise.race([result, rejectOnceAlone(link, handle, stop)]);
  } catch (error) {
    signal?.throwIfAborted();
    throw translate(link.settings, error);
  } finally {
    over.abort();
  }
}

async function rejectOnceAlone(
  link: Link,
  handle: WorkflowHandle,
  stop: AbortSignal,
): Promise<never> {
  let lastSeen = Date.now();
  for (;;) {
    await sleep(INTERVAL_MS, undefined, { signal: stop });
    if (await ask(link, () => workersPolling(link.client))) lastSeen = Date.now();
    if (Date.now() - lastSeen > PATIENCE_MS) throw noWorker(link);
    const { raw } = await ask(link, () => handle.describe());
    if ((raw.pendingWorkflowTask?.attempt ?? 0) >= ENOUGH_ATTEMPTS) throw oldWorker(link);
  }
}

async function assertWorkers(link: Link): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  while (!(await ask(link, () => workersPolling(link.client)))) {
    if (Date.now() > deadline) throw noWorker(link);
    await sleep(INTERVAL_MS);
  }
}

function noWorker({ settings }: Link): SluiceError {
  return new SluiceError(
    'unanswered',
    `Nothing polls the task queue "${TASK_QUEUE}" in namespace ${settings.namespace} at ` +
      `${settings.address}, and what would change is looked up by a worker. Start one with: sluice worker`,
  );
}

function oldWorker({ settings }: Link): SluiceError {
  return new SluiceError(
    'unanswered',
    `The workers in namespace ${settings.namespace} at ${settings.address} cannot tell what would ` +
      'change: they may be of an older version of Sluice. Replace them by workers of this version.',
  );
}
