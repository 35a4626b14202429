/**
 * What the gateway costs, as a process of its own beside a development server of Temporal.
 *
 * - Callbacks a second, each for a step of its own, beside a server with the same framework that
 *   only answers.
 * - The time from a callback until the workflow goes on, beside a client that signals it.
 */
import { fileURLToPath } from 'node:url';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { CALLBACK_SIGNAL } from '../src/domain/callbacks.js';
import { type GatewayStack, startGatewayStack } from './gatewayStack.js';
import { post, postAll } from './load.js';
import { median, text, timesInTurn } from './measure.js';

/** How many times as long as the server that only answers the gateway may take for a request. */
const MOST_WORK = 20;

/** How many times as long as with a client it may take until the workflow goes on. */
const MOST_WAIT = 2;

const ROUNDS = 5;
const CALLBACKS = 500;
const RESUMPTIONS = 40;

/** Whether both ratios are within their limits. */
export async function benchGateway(): Promise<boolean> {
  const stack = await startGatewayStack();
  try {
    const [work, wait] = [await requests(stack), await resuming(stack)];
    return work <= MOST_WORK && wait <= MOST_WAIT;
  } finally {
    await stack.stop();
  }
}

async function requests(stack: GatewayStack): Promise<number> {
  const answered = Array.from({ length: CALLBACKS }, () => stack.bareUrl);
  const [bare = [], gateway = []] = await timesInTurn(ROUNDS, [
    () => postAll(answered),
    async () => postAll(await callbacks(stack)),
  ]);
  const perSecond = (times: number[]) => `${Math.round((CALLBACKS / median(times)) * 1000)}`;
  const ratio = median(gateway) / median(bare);
  console.log(`Requests (median of ${ROUNDS} times ${CALLBACKS}, in turn):`);
  console.log(`  a server that only answers: ${perSecond(bare)} a second`);
  console.log(`  the gateway, which signals as many steps: ${perSecond(gateway)} a second`);
  console.log(`  a callback takes ${ratio.toFixed(1)} times as long (limit ${MOST_WORK})`);
  return ratio;
}

/** The addresses of callbacks for so many steps of a run that waits. */
async function callbacks(stack: GatewayStack): Promise<string[]> {
  const workflowId = crypto.randomUUID();
  const run = await stack.client.workflow.start('waits', { workflowId, taskQueue: 'nobody' });
  const gates = Array.from({ length: CALLBACKS }, (_, index) => `prod/steps/${index + 1}`);
  return Promise.all(gates.map((gate) => callback(stack, run, gate)));
}

async function callback(
  { client, addresses }: GatewayStack,
  { workflowId, firstExecutionRunId: runId }: WorkflowHandleWithFirstExecutionRunId,
  gate: string,
): Promise<string> {
  const { namespace } = client.options;
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  return `${await addresses.issue({ namespace, workflowId, runId, gate, expiresAt }, [])}/callback`;
}

async function resuming(stack: GatewayStack): Promise<number> {
  const [signalled = [], called = []] = await withWorker(stack, () =>
    timesInTurn(RESUMPTIONS, [
      () => untilResumed(stack, (run) => run.signal(CALLBACK_SIGNAL, { success: true })),
      () => untilResumed(stack, async (run) => post(await callback(stack, run, 'prod/steps/1'))),
    ]),
  );
  const ratio = median(called) / median(signalled);
  console.log(`Until a workflow goes on (median of ${RESUMPTIONS}, in turn):`);
  console.log(`  that a client signals: ${text(median(signalled))}`);
  console.log(`  that the gateway signals: ${text(median(called))}`);
  console.log(`  a callback takes ${ratio.toFixed(2)} times as long (limit ${MOST_WAIT})`);
  return ratio;
}

const TASK_QUEUE = 'bench';

async function withWorker<Result>(
  { temporalAddress, client }: GatewayStack,
  work: () => Promise<Result>,
): Promise<Result> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address: temporalAddress });
  const worker = await Worker.create({
    ...{ connection, namespace: client.options.namespace, taskQueue: TASK_QUEUE },
    workflowsPath: fileURLToPath(new URL('waitingWorkflow.ts', import.meta.url)),
  });
  try {
    return await worker.runUntil(work);
  } finally {
    await connection.close();
  }
}

/** Starts a workflow, wakes it up once it waits, and gives the milliseconds until it has ended. */
async function untilResumed(
  { client }: GatewayStack,
  wake: (run: WorkflowHandleWithFirstExecutionRunId) => Promise<void>,
): Promise<number> {
  const workflowId = crypto.randomUUID();
  const run = await client.workflow.start('waits', { workflowId, taskQueue: TASK_QUEUE });
  // A query is answered once the workflow waits.
  await run.query('__stack_trace');
  const start = performance.now();
  await wake(run);
  await run.result();
  return performance.now() - start;
}
