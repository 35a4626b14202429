import type { RawValue } from '@temporalio/common';
import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineUpdate,
  setHandler,
} from '@temporalio/workflow';
import { DEQUEUE_UPDATE, ENQUEUE_UPDATE, STATUS_QUERY } from '../../domain/names.js';
import {
  type EnqueueAnswer,
  type EnqueueRequest,
  type QueueState,
  readEnqueueRequest,
} from '../../domain/queue.js';
import { shortText } from '../../domain/shortText.js';
import { waiting } from '../temporal/activities.js';
import { assertPlan } from '../temporal/checkedPlan.js';
import type { UpdateResult } from '../temporal/messages.js';
import { decodeRaw, RAW_INPUT } from '../temporal/raw.js';
import { Slots } from '../temporal/slots.js';
import type { WaitingList } from './waitingList.js';

const raw = { typeInfo: RAW_INPUT };
const status = defineQuery<QueueState, RawValue[]>(STATUS_QUERY, raw);
const enqueue = defineUpdate<EnqueueAnswer, RawValue[]>(ENQUEUE_UPDATE, raw);
const dequeue = defineUpdate<UpdateResult, RawValue[]>(DEQUEUE_UPDATE, raw);

/** A workflow hears only what it has handlers for: they have to be there from its first moment on. */
export function listen(list: WaitingList): void {
  setHandler(status, () => list.state, {
    description: 'What waits, and what became of the others.',
  });
  // Many may come at once, and all that one task brings about is one message to Temporal.
  const checks = new Slots();
  setHandler(enqueue, (...[input]) => queue(list, enqueueRequestOf(list, input), checks), {
    description:
      'Starts a deployment as soon as no other runs; the newest that waits. Input: {"plan", "startedBy", "commit"}.',
    validator: (...[input]: RawValue[]) => void enqueueRequestOf(list, input),
  });
  setHandler(dequeue, (...[input]) => takeOut(list, input), {
    description:
      'Takes what waits out of the queue. Input: nothing, or {"deploymentId", "by", "comment"}.',
    validator: (...[input]: RawValue[]) => assertWaits(list, input),
  });
}

/** @throws ApplicationFailure `invalidPlan` */
function enqueueRequestOf(
  { application }: WaitingList,
  input: RawValue | undefined,
): EnqueueRequest {
  const read = readEnqueueRequest(decodeRaw(input), application);
  if ('request' in read) return read.request;
  throw ApplicationFailure.nonRetryable(read.problem, 'invalidPlan');
}

/** What is no plan must not take the place of one; the check takes time, and who came last counts. */
async function queue(
  list: WaitingList,
  request: EnqueueRequest,
  checks: Slots,
): Promise<EnqueueAnswer> {
  const arrival = list.arrive();
  await check(list, request, checks);
  const entry = list.add(request, arrival);
  await condition(() => list.answer(entry) !== undefined);
  return list.answer(entry) as EnqueueAnswer;
}

async function check(list: WaitingList, { plan }: EnqueueRequest, checks: Slots): Promise<void> {
  try {
    await assertPlan(plan, waiting(`check the plan of ${plan.deploymentId}`), checks);
  } catch (error) {
    list.turnAway();
    throw error;
  }
}

function takeOut(list: WaitingList, input: RawValue | undefined): UpdateResult {
  const { by, comment } = fieldsOf(input);
  const deploymentId = list.waiting?.queued.deploymentId ?? '';
  list.drop('cancelled', { ...(by && { startedBy: by }), ...(comment && { comment }) });
  return { done: `Deployment ${deploymentId} was taken out of the queue.` };
}

function assertWaits({ waiting }: WaitingList, input: RawValue | undefined): void {
  const { deploymentId } = fieldsOf(input);
  const present = waiting?.queued.deploymentId;
  if (present !== undefined && (deploymentId ?? present) === present) return;
  const problem =
    present === undefined ? 'Nothing waits in the queue.' : `Deployment ${present} waits now.`;
  throw ApplicationFailure.nonRetryable(problem, 'notAccepted');
}

const MAX_FIELD = 300;

function fieldsOf(
  input: RawValue | undefined,
): Partial<Record<'deploymentId' | 'by' | 'comment', string>> {
  const given = (decodeRaw(input) ?? {}) as Record<string, unknown>;
  const names = ['deploymentId', 'by', 'comment'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given[name];
      return typeof value === 'string' && value !== '' ? [[name, shortText(value, MAX_FIELD)]] : [];
    }),
  );
}
