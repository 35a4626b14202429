import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startTemporal } from '../../dev/stack/temporal.js';
import { DEPLOYMENT_WORKFLOW, TASK_QUEUE } from '../../src/domain/names.js';
import type { Plan } from '../../src/domain/plan.js';
import type { RunningProgram } from '../../src/local/processes.js';
import { refusal } from '../client/queueing.js';
import { untilOpen } from '../support/operator.js';
import { System, type TemporalPlace } from '../support/system.js';
import { type CallToTemporal, type Loss, TemporalProxy } from '../support/temporalProxy.js';
import { Line, type LineOptions } from './line.js';
import { row } from './table.js';

const LOSSES: Readonly<Record<Loss, string>> = {
  'the call': 'before Temporal hears of it',
  'the answer': 'after Temporal has heard of it',
};

/** In whose course a worker is killed: a deployment comes, or the one that waits has its turn. */
type Phase = 'the first one comes' | 'a newer one comes' | 'its turn comes';

interface Step {
  /** What the queue does. */
  doing: string;
  phase: Phase;
  call: (line: Line) => CallToTemporal;
}

const activityOf = (type: string) => (line: Line) => ({
  method: 'RespondActivityTaskCompleted',
  says: [type, line.queueId],
});

/** What the queue asks for, or tells, when it has made up its mind. */
const decisionOf =
  (...says: string[]) =>
  ({ queueId }: Line) => ({ method: 'RespondWorkflowTaskCompleted', says: [queueId, ...says] });

/** Every step of a queue. */
const STEPS: readonly Step[] = [
  { doing: 'checks the plan', phase: 'a newer one comes', call: activityOf('checkPlan') },
  { doing: 'looks what runs', phase: 'the first one comes', call: activityOf('latestRun') },
  { doing: 'waits for the end', phase: 'its turn comes', call: activityOf('awaitClosed') },
  { doing: 'looks again', phase: 'its turn comes', call: activityOf('latestRun') },
  { doing: 'starts the run', phase: 'its turn comes', call: decisionOf('sluiceDeployment') },
  { doing: 'notes the run', phase: 'its turn comes', call: decisionOf('"released":[{') },
];

const ROWS = STEPS.flatMap((step) =>
  (Object.keys(LOSSES) as Loss[]).map((loss) => ({ ...step, loss })),
);

const RUNS_ONCE = 'the newest, once; what it replaced never';

/** What takes part in a line: the worker talks to Temporal through the proxy. */
interface Stand {
  system: System;
  proxy: TemporalProxy;
  worker: RunningProgram;
  line: Line;
}

/** Forms a line, and clears up after it. */
async function stand(
  play: (stand: Stand) => Promise<void>,
  options: LineOptions = {},
  temporal?: TemporalPlace,
): Promise<void> {
  const system = await System.start(temporal);
  const proxy = await TemporalProxy.start(system.temporal.address);
  try {
    const worker = await system.startWorker({ temporalAddress: proxy.address });
    await using line = await Line.form(system, proxy.address, options);
    await play({ system, proxy, worker, line });
  } finally {
    await system.stop();
    await proxy.stop();
  }
}

/** Kills the worker in the course of something, as soon as the call or its answer is lost. */
async function killDuring(
  { proxy, worker, system }: Stand,
  [loss, call]: [Loss, CallToTemporal],
  task: () => Promise<unknown>,
): Promise<void> {
  const lost = proxy.lose(loss, call);
  const doing = task();
  await lost;
  await worker.kill();
  await system.startWorker();
  await doing;
}

describe('A queue whose worker is killed', () => {
  it.concurrent.each(ROWS)('while it $doing, $loss', async ({ doing, phase, call, loss }) => {
    row({
      'What happens': `the worker is killed while the queue ${doing}`,
      When: LOSSES[loss],
      'What runs': RUNS_ONCE,
    });
    await stand(async (all) => {
      const { line } = all;
      const on = (now: Phase, task: () => Promise<unknown>) =>
        now === phase ? killDuring(all, [loss, call(line)], task) : task();
      await on('the first one comes', () => line.queue(line.older));
      await on('a newer one comes', () => line.queue(line.newest));
      await on('its turn comes', () => line.endFirst());
      await line.expectNewestRanOnce();
      await line.expectOlderReplaced();
    });
  });

  it.concurrent('while what is superseded goes back', async () => {
    row({
      'What happens': 'the worker is killed while what `--supersede` takes back goes back',
      When: 'its traffic is back, and Temporal has not heard of it',
      'What runs': RUNS_ONCE,
    });
    await stand(
      async (all) => {
        const { line } = all;
        await line.queue(line.older);
        const traffic = {
          method: 'RespondActivityTaskCompleted',
          says: ['updateAlias', line.target.workflowId],
        };
        await killDuring(all, ['the call', traffic], () =>
          line.breakable.start({ plan: line.newest, supersede: true }),
        );
        await line.expectNewestRanOnce();
        await line.expectOlderReplaced();
      },
      { canary: true },
    );
  });

  it.concurrent('and hears only later that something newer has run past it', async () => {
    row({
      'What happens': 'no worker runs while the first ends and something newer runs past the queue',
      When: 'the newest waits',
      'What runs': 'the one that ran past the queue; what waited never',
    });
    await stand(async ({ system, worker, line }) => {
      const queued = await line.queue(line.newest);
      await worker.kill();
      await line.deployment.terminate();
      const past = await system.client.workflow.start(DEPLOYMENT_WORKFLOW, {
        workflowId: line.deployment.workflowId,
        taskQueue: TASK_QUEUE,
        memo: { deploymentId: 'past' },
      });
      await past.terminate();
      await system.startWorker();
      expect(await line.sluice.untilReleased(queued)).toMatchObject({
        dropped: { reason: 'superseded', by: { deploymentId: 'past' } },
      });
      await line.untilQueueEnded();
      expect(await line.ran()).toEqual([line.first.deploymentId, 'past']);
      expect(await line.scene.states()).toEqual(line.scene.before);
    });
  });
});

const enqueuing = ({ deploymentId }: Plan): CallToTemporal => ({
  method: 'ExecuteMultiOperation',
  says: [deploymentId],
});

describe('A client whose connection breaks, and which asks again', () => {
  it.concurrent.each(Object.keys(LOSSES) as Loss[])('when %s is lost', async (loss) => {
    row({
      'What happens': 'the connection of whoever queues it breaks, and it is asked for again',
      When: LOSSES[loss],
      'What runs': RUNS_ONCE,
    });
    await stand(async ({ proxy, line }) => {
      await line.queue(line.older);
      const lost = proxy.lose(loss, enqueuing(line.newest));
      const starting = line.breakable.start({ plan: line.newest });
      (await lost).breakOff();
      expect(await starting).toMatchObject({ state: 'queued' });
      await line.endFirst();
      await line.expectNewestRanOnce();
      await line.expectOlderReplaced();
    });
  });

  it.concurrent('after it has had its turn already', async () => {
    row({
      'What happens': 'the connection of whoever queues it breaks, and it is asked for again',
      When: 'it has had its turn, and the queue has ended',
      'What runs': RUNS_ONCE,
    });
    await stand(
      async ({ proxy, line }) => {
        await line.queue(line.older);
        const lost = proxy.lose('the answer', enqueuing(line.newest));
        const starting = line.breakable.start({ plan: line.newest });
        const cut = await lost;
        await line.endFirst();
        await line.untilNext();
        await line.untilQueueEnded();
        cut.breakOff();
        const { runId } = await line.sluice.facts(line.application);
        expect(await starting).toMatchObject({ state: 'started', runId });
        await untilOpen(line.target, 'prod/before/1');
        await line.target.signal('approve');
        await line.expectNewestRanOnce();
        await line.expectOlderReplaced();
      },
      { held: true },
    );
  });

  it.concurrent('after a newer one has taken its place and run', async () => {
    row({
      'What happens': 'the connection of whoever queues it breaks, and it is asked for again',
      When: 'the newest has taken its place and had its turn',
      'What runs': RUNS_ONCE,
    });
    await stand(async ({ proxy, line }) => {
      const lost = proxy.lose('the answer', enqueuing(line.older));
      const starting = refusal(line.breakable.start({ plan: line.older }));
      const cut = await lost;
      await line.queue(line.newest);
      await line.endFirst();
      await line.untilNext();
      await line.untilQueueEnded();
      cut.breakOff();
      expect((await starting).dropped).toMatchObject({
        reason: 'replaced',
        by: { deploymentId: line.newest.deploymentId },
      });
      await line.expectNewestRanOnce();
    });
  });

  it.concurrent.each(Object.keys(LOSSES) as Loss[])(
    'to supersede, when %s is lost',
    async (loss) => {
      row({
        'What happens': 'the connection of whoever supersedes breaks, and it asks again',
        When: `it takes back what runs, ${LOSSES[loss]}`,
        'What runs': RUNS_ONCE,
      });
      await stand(async ({ proxy, line }) => {
        await line.queue(line.older);
        const lost = proxy.lose(loss, {
          method: 'SignalWorkflowExecution',
          says: [line.newest.deploymentId],
        });
        const starting = line.breakable.start({ plan: line.newest, supersede: true });
        (await lost).breakOff();
        expect(await starting).toMatchObject({ state: 'queued' });
        await line.expectNewestRanOnce();
        await line.expectOlderReplaced();
      });
    },
  );
});

describe('Temporal itself', () => {
  it('is killed while one waits', async () => {
    row({
      'What happens': 'Temporal is killed and started again',
      When: 'the newest waits, and somebody watches it',
      'What runs': RUNS_ONCE,
    });
    const folder = await mkdtemp(join(tmpdir(), 'sluice-queued-'));
    const options = { headless: true, dbFile: join(folder, 'temporal.db') };
    const first = await startTemporal(options);
    let temporal = first;
    try {
      await stand(
        async ({ line }) => {
          await line.queue(line.older);
          const watched = line.sluice.untilReleased(await line.queue(line.newest));
          await first.kill();
          const port = Number(first.address.split(':').at(-1));
          temporal = await startTemporal({ ...options, port });
          await line.endFirst();
          expect(await watched).toHaveProperty('run.deploymentId', line.newest.deploymentId);
          await line.expectNewestRanOnce();
          await line.expectOlderReplaced();
        },
        {},
        first,
      );
    } finally {
      await temporal.stop();
      await rm(folder, { recursive: true });
    }
  });
});
