import { RawValue, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  defineWorkflowOptions,
  isCancellation,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { detailsOf, memoOf, summaryOf } from '../../domain/metadata.js';
import { DEPLOYMENT_WORKFLOW, deploymentWorkflowId } from '../../domain/names.js';
import { applicationOfQueue, type LatestRun, type QueueState } from '../../domain/queue.js';
import type { sluiceDeployment } from '../deployment/deployment.js';
import { endOfActivation } from '../temporal/activation.js';
import { waiting } from '../temporal/activities.js';
import { decodeRaw, RAW_INPUT } from '../temporal/raw.js';
import { listen } from './handlers.js';
import { showing } from './shown.js';
import { type Handover, type WaitingEntry, WaitingList } from './waitingList.js';

/**
 * The queue of one application: it keeps at most one deployment waiting, the newest, and starts it
 * when no other runs any more. It ends when nothing waits. A cancellation drops what waits.
 */
export async function sluiceQueue(raw: RawValue): Promise<QueueState> {
  const list = new WaitingList(ownApplication(), handoverOf(raw), () => shown.changed());
  const shown = showing(list);
  listen(list);
  try {
    await workOff(list);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    list.drop('cancelled', {});
  }
  await CancellationScope.nonCancellable(() => finished());
  return list.state;
}

/** Everybody has been answered, and what can be seen from outside is the last of it. */
async function finished(): Promise<void> {
  await condition(allHandlersFinished);
  await endOfActivation();
}

defineWorkflowOptions(sluiceQueue, { staticOptions: { typeInfo: RAW_INPUT } });

function ownApplication(): string {
  const application = applicationOfQueue(workflowInfo().workflowId);
  if (application !== undefined) return application;
  throw ApplicationFailure.nonRetryable(
    'A queue has to have the workflow id sluice-queue:<application>.',
    'invalidPlan',
  );
}

/** Whoever starts a queue sends nothing; only an earlier run of it hands something over. */
function handoverOf(raw: RawValue | undefined): Handover {
  const { continuedFromExecutionRunId } = workflowInfo();
  const handed = continuedFromExecutionRunId === undefined ? undefined : decodeRaw(raw);
  return (handed as Handover | undefined) ?? { released: [], dropped: [] };
}

/** How long a queue is there for the first that is to wait in it. */
const EMPTY_FOR = '1 minute';

async function workOff(list: WaitingList): Promise<void> {
  await condition(() => list.isNeeded, EMPTY_FOR);
  for (;;) {
    await condition(() => list.waiting !== undefined || !list.isNeeded);
    if (list.waiting === undefined) return;
    const latest = await latestRun(list);
    if (latest !== undefined && list.isOwn(latest)) list.adopt(latest);
    else if (latest?.isOpen === true) await untilOver(list, latest);
    else if (latest !== undefined && list.isNewer(latest)) list.drop('superseded', latest);
    else await startNext(list);
  }
}

/** However long no worker runs: what waits must not be lost. */
function latestRun({ application }: WaitingList): Promise<LatestRun | undefined> {
  const id = deploymentWorkflowId(application);
  return waiting(`look whether a deployment of ${application} runs`).latestRun(id);
}

async function untilOver(list: WaitingList, running: LatestRun): Promise<void> {
  const wait = new CancellationScope();
  let isOver = false;
  list.waitFor(running);
  const over = wait.run(() =>
    waiting(`wait until deployment ${running.deploymentId ?? running.runId} has ended`).awaitClosed(
      deploymentWorkflowId(list.application),
    ),
  );
  const noticed = over.then(
    () => (isOver = true),
    () => (isOver = true),
  );
  await condition(() => isOver || list.waiting === undefined || isHistoryLong());
  wait.cancel();
  if (!isOver && list.waiting !== undefined) await goOnAfresh(list);
  await noticed;
  list.waitFor(undefined);
}

/** Each that is queued leaves its plan in the history, which has an end. */
function isHistoryLong(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

async function goOnAfresh(list: WaitingList): Promise<never> {
  await condition(allHandlersFinished);
  return continueAsNew<typeof sluiceQueue>(new RawValue(list.handover));
}

async function startNext(list: WaitingList): Promise<void> {
  const entry = list.take();
  if (entry === undefined) return;
  try {
    const runId = await CancellationScope.nonCancellable(() => start(entry));
    list.release(entry, runId);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    list.putBack(entry);
  }
}

/** What the queue starts goes on without it. */
async function start({ plan, queued }: WaitingEntry): Promise<string> {
  const args = [plan] as unknown as Parameters<typeof sluiceDeployment>;
  const { firstExecutionRunId } = await startChild<typeof sluiceDeployment>(DEPLOYMENT_WORKFLOW, {
    args,
    workflowId: deploymentWorkflowId(plan.application),
    parentClosePolicy: ParentClosePolicy.ABANDON,
    memo: memoOf(plan, queued),
    staticSummary: summaryOf(plan),
    staticDetails: detailsOf(plan, queued),
  });
  return firstExecutionRunId;
}
