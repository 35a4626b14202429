import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan, Step, TargetPlan } from '../../src/domain/plan.js';
import type { TargetProgress } from '../../src/domain/status.js';
import { FaultProxy } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { ANALYSIS } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { everythingStored } from '../support/stored.js';
import { until } from '../support/until.js';
import { DoubledWorker } from './doubledWorker.js';
import { expectInvariants } from './invariants.js';
import { FILLED_IN, Scene, SECRET_VALUE } from './scene.js';
import { SHAPES, type ShapeName } from './shapes.js';
import { Stage } from './stage.js';
import { row } from './table.js';

interface Cause {
  what: string;
  ends: Partial<TargetOutcome['failure']> & { status: TargetOutcome['status'] };
  steps: Step[];
  target?: Partial<TargetPlan>;
  more?: Partial<Plan>;
  /** Before the deployment starts. */
  prepare?: (scene: Scene, stem: string) => unknown;
  /** While it runs. */
  act?: (parts: { deployment: WorkflowHandle; target: WorkflowHandle; stem: string }) => unknown;
}

const WEIGHT: Step = { type: 'setWeight', weight: 25 };
const APPROVAL: Step = { type: 'approval' };
const webhook = { type: 'runWebhook', webhook: 'tests', context: {} } as const;

const THROTTLED = ['UpdateFunctionCode', 'CreateFunction'];

const atTheApproval =
  (answer: (handle: WorkflowHandle) => Promise<unknown>): NonNullable<Cause['act']> =>
  async ({ deployment, target }) => {
    await untilOpen(target, 'prod/steps/2');
    await answer(deployment);
  };

const CAUSES: Cause[] = [
  {
    what: 'nothing goes wrong',
    ends: { status: 'deployed' },
    steps: [WEIGHT, APPROVAL, { type: 'setWeight', weight: 100 }],
    act: ({ target }) =>
      untilOpen(target, 'prod/steps/2').then(() => target.signal('approve', { by: 'alice' })),
  },
  {
    what: 'AWS refuses a package',
    ends: { status: 'rolledBack', code: 'packageRejected' },
    steps: [WEIGHT],
    prepare: (scene) => scene.breakLastPackage(),
  },
  {
    what: 'the time for the work is up',
    ends: { status: 'rolledBack', code: 'timedOut' },
    steps: [WEIGHT],
    more: { timeoutMs: 6000 },
    prepare: (_, stem) => {
      for (const operation of THROTTLED) proxy.strike('throttled', operation, stem, Infinity);
    },
    act: async ({ target, stem }) => {
      await until('it was rolling back', async () => {
        const progress = await target.query<TargetProgress>('status').catch(() => undefined);
        return progress?.phase === 'rollingBack' || undefined;
      });
      proxy.relent(stem);
    },
  },
  {
    what: 'a webhook fails',
    ends: { status: 'rolledBack', code: 'webhookFailed' },
    steps: [WEIGHT, webhook],
  },
  {
    what: 'an analysis fails',
    ends: { status: 'rolledBack', code: 'analysisFailed' },
    steps: [WEIGHT, ANALYSIS],
  },
  {
    what: 'an approval is rejected',
    ends: { status: 'rolledBack', code: 'approvalRejected' },
    steps: [WEIGHT, APPROVAL],
    act: atTheApproval((deployment) => deployment.signal('reject')),
  },
  {
    what: 'an approval expires',
    ends: { status: 'rolledBack', code: 'approvalExpired' },
    steps: [WEIGHT, { type: 'approval', expiresAfterMs: 1000 }],
  },
  {
    what: 'a constraint before it is not met',
    ends: { status: 'blocked', code: 'webhookFailed' },
    steps: [WEIGHT],
    target: { beforeDeployment: [{ type: 'approval' }, webhook] },
  },
  {
    what: 'an operator wants it back',
    ends: { status: 'rolledBack', code: 'rollbackRequested' },
    steps: [WEIGHT, APPROVAL],
    act: atTheApproval((deployment) => deployment.signal('rollback')),
  },
  {
    what: 'an operator wants it back after the promotion',
    ends: { status: 'rolledBack', code: 'rollbackRequested' },
    steps: [WEIGHT],
    target: { afterDeployment: [{ type: 'approval' }] },
    act: async ({ deployment, target }) => {
      await untilOpen(target, 'prod/after/1');
      await deployment.signal('rollback');
    },
  },
  {
    what: 'it is cancelled',
    ends: { status: 'rolledBack', code: 'cancelled' },
    steps: [WEIGHT, APPROVAL],
    act: atTheApproval((deployment) => deployment.cancel()),
  },
  {
    what: 'its deployment is terminated',
    ends: { status: 'rolledBack', code: 'cancelled' },
    steps: [WEIGHT, APPROVAL],
    act: atTheApproval((deployment) => deployment.terminate('by a test')),
  },
];

const ALL: readonly ShapeName[] = [...(Object.keys(SHAPES) as ShapeName[]), 'several images'];

const ROWS = CAUSES.flatMap((cause) => ALL.map((shape) => ({ ...cause, shape })));

let stage: Stage;
let proxy: FaultProxy;
let worker: DoubledWorker;
beforeAll(async () => {
  proxy = await FaultProxy.start(shared.awsEndpoint);
  stage = await Stage.set();
  worker = await DoubledWorker.start(stage.system.namespace, proxy.endpoint);
});
afterAll(async () => {
  await worker.stop();
  await stage.strike();
  await proxy.stop();
});

describe('What can happen', () => {
  it.concurrent.each(ROWS)('$what, $shape', async ({ shape, ...cause }) => {
    const { status, ...failure } = cause.ends;
    row({
      'What happens': cause.what,
      To: shape,
      Outcome: `\`${status}\``,
      'Final state': status === 'deployed' ? 'exactly the new one' : 'exactly the one before',
    });
    const stem = uniqueName('cause');
    const scene = await Scene.make(shape, stem);
    await cause.prepare?.(scene, stem);
    const plan = scene.plan(cause.target ?? {}, cause.steps, cause.more);
    const deployment = await stage.start(plan);
    const target = stage.target(plan);
    await cause.act?.({ deployment, target, stem });
    const outcome = await stage.targetEnded(plan);
    expect(outcome).toMatchObject({ status, warnings: [] });
    if (status !== 'deployed') expect(outcome.failure).toMatchObject(failure);
    if (status === 'deployed') expect(await scene.isNew()).toBe(true);
    else expect(await scene.states()).toEqual(scene.before);
    await expectInvariants(scene, { arriveLate: false });
  });
});

describe('Whatever has happened', () => {
  it('no value of an environment is in a history or an outcome', async () => {
    const stored = await everythingStored(stage.system.client);
    expect(stored).toContain('environmentHashes');
    expect(stored).toContain('{{secrets.cause-');
    for (const value of [SECRET_VALUE, FILLED_IN]) expect(stored).not.toContain(value);
  });
});
