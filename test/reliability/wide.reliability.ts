import {
  PutFunctionConcurrencyCommand,
  PutRuntimeManagementConfigCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Step, TargetPlan } from '../../src/domain/plan.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import type { ShapeName } from './shapes.js';
import { Stage, UNTIL_APPROVED } from './stage.js';
import { row } from './table.js';
import { WideScene } from './wideScene.js';

interface Cause {
  what: string;
  ends: TargetOutcome['status'];
  steps: Step[];
  target?: Partial<TargetPlan>;
  prepare?: (wide: WideScene) => unknown;
  act?: (deployment: WorkflowHandle, target: WorkflowHandle) => unknown;
}

const WEIGHT: Step = { type: 'setWeight', weight: 25 };
const APPROVAL: Step = { type: 'approval' };

const CAUSES: Cause[] = [
  { what: 'nothing goes wrong', ends: 'deployed', steps: [WEIGHT] },
  {
    what: 'AWS refuses a package',
    ends: 'rolledBack',
    steps: [WEIGHT],
    prepare: ({ scene }) => scene.breakLastPackage(),
  },
  {
    what: 'an approval is rejected',
    ends: 'rolledBack',
    steps: [WEIGHT, APPROVAL],
    act: (deployment, target) =>
      untilOpen(target, 'prod/steps/2').then(() => deployment.signal('reject')),
  },
  {
    what: 'an operator wants it back after the promotion',
    ends: 'rolledBack',
    steps: [WEIGHT],
    target: UNTIL_APPROVED,
    act: (deployment, target) =>
      untilOpen(target, 'prod/after/1').then(() => deployment.signal('rollback')),
  },
  {
    what: 'it is cancelled',
    ends: 'rolledBack',
    steps: [WEIGHT, APPROVAL],
    act: (deployment, target) => untilOpen(target, 'prod/steps/2').then(() => deployment.cancel()),
  },
  {
    what: 'its deployment is terminated',
    ends: 'rolledBack',
    steps: [WEIGHT, APPROVAL],
    act: (deployment, target) =>
      untilOpen(target, 'prod/steps/2').then(() => deployment.terminate('by a test')),
  },
];

const FUNCTIONS: ShapeName[] = ['with an alias', 'without an alias', 'a new function'];

const ROWS = CAUSES.flatMap((cause) => FUNCTIONS.map((shape) => ({ ...cause, shape })));

const ALONE = (['with an alias', 'without an alias'] as const).flatMap((shape) => [
  { what: 'nothing goes wrong', shape, ends: 'deployed' as const },
  {
    what: 'an operator wants it back after the promotion',
    shape,
    ends: 'rolledBack' as const,
  },
]);

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.withWorker();
});
afterAll(async () => {
  await stage.strike();
});

describe('What belongs to a whole function', () => {
  it.concurrent.each(ROWS)('$what, $shape', async ({ shape, ...cause }) => {
    row({
      'What happens': cause.what,
      To: shape,
      Outcome: `\`${cause.ends}\``,
      'Final state': cause.ends === 'deployed' ? 'exactly the new one' : 'exactly the one before',
    });
    const wide = await WideScene.make(shape, uniqueName('wide'));
    wide.want();
    await cause.prepare?.(wide);
    const plan = wide.scene.plan(cause.target ?? {}, cause.steps);
    const deployment = await stage.start(plan);
    await cause.act?.(deployment, stage.target(plan));
    const outcome = await stage.targetEnded(plan);
    expect(outcome).toMatchObject({ status: cause.ends, warnings: [] });
    await wide.expectEnd(outcome, cause.ends === 'deployed' ? 'forward' : 'back');
  });

  it.concurrent.each(ALONE)(
    '$what, $shape, nothing else changes',
    async ({ what, shape, ends }) => {
      row({
        'What happens': what,
        To: `${shape}, one value`,
        Outcome: `\`${ends}\``,
        'Final state': ends === 'deployed' ? 'exactly the new one' : 'exactly the one before',
      });
      const wide = await WideScene.make(shape, uniqueName('alone'));
      const first = wide.scene.plan({}, [WEIGHT]);
      await stage.start(first);
      expect(await stage.ended(first)).toMatchObject({ status: 'deployed' });
      const writes = await wide.scene.place.writes();
      wide.want({ tags: { team: 'of the plan' } });
      const plan = wide.scene.plan(UNTIL_APPROVED, [WEIGHT, APPROVAL]);
      await stage.start(plan);
      await stage.untilPromoted(plan);
      await stage.answer(plan, ends === 'deployed' ? 'forward' : 'back');
      const outcome = await stage.ended(plan);
      expect(outcome).toMatchObject({ status: ends, warnings: [] });
      const [summary] = outcome.functions.map((one) => one.summary);
      expect(summary).toBe(
        ends === 'deployed'
          ? 'has the code and settings of the plan already; its tags changed'
          : 'is as it was before',
      );
      expect((await wide.held())[0]?.tags['team']).toBe(
        ends === 'deployed' ? 'of the plan' : 'of before',
      );
      const once = ['TagResource'];
      const more = (await wide.scene.place.writes()).slice(writes.length);
      expect(more).toEqual(ends === 'deployed' ? once : [...once, ...once]);
    },
  );
});

describe('what somebody else has made of a whole function', () => {
  it('stays, while everything else goes back', async () => {
    const wide = await WideScene.make('with an alias', uniqueName('foreign'));
    wide.want();
    const plan = wide.scene.plan({}, [WEIGHT, APPROVAL]);
    await stage.start(plan);
    await untilOpen(stage.target(plan), 'prod/steps/2');
    const { place } = wide.scene;
    const [FunctionName = ''] = wide.scene.names;
    const Resource = `arn:aws:lambda:${place.region}:${place.account}:function:${FunctionName}`;
    await place.clients.lambda.send(
      new TagResourceCommand({ Resource, Tags: { team: 'of somebody else' } }),
    );
    await place.clients.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 20 }),
    );
    await stage.target(plan).signal('reject');
    const outcome = await stage.targetEnded(plan);
    const foreign = { code: 'foreignChange', function: FunctionName };
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [foreign, foreign] });
    expect(outcome.warnings[0]?.message).toContain('"team":"of somebody else"');
    const [before] = wide.before;
    expect(await wide.held()).toEqual([
      {
        ...before,
        tags: { ...before?.tags, team: 'of somebody else' },
        reservedConcurrency: 20,
      },
    ]);
    expect(await wide.scene.states()).toEqual(wide.scene.before);
  });

  it('is said of concurrency that the account has not left, and everything goes back', async () => {
    const wide = await WideScene.make('with an alias', uniqueName('full'));
    wide.want({ reservedConcurrency: 950, tags: { team: 'of the plan' } });
    const plan = wide.scene.plan({}, [WEIGHT]);
    await stage.start(plan);
    const outcome = await stage.targetEnded(plan);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'settingsRejected',
        message: expect.stringContaining('UnreservedConcurrentExecution'),
        remedy: expect.stringContaining('have AWS raise the quota "Concurrent executions"'),
      },
    });
    expect(await wide.held()).toEqual(wide.before);
  });

  it('keeps a runtime from being changed, which is said before the first write', async () => {
    const wide = await WideScene.make('with an alias', uniqueName('manual'));
    const [FunctionName = ''] = wide.scene.names;
    await wide.scene.place.clients.lambda.send(
      new PutRuntimeManagementConfigCommand({
        FunctionName,
        UpdateRuntimeOn: 'Manual',
        RuntimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:0123abcd',
      }),
    );
    wide.want({ runtimeManagementConfig: { updateRuntimeOn: 'Auto' } });
    for (const { settings } of wide.scene.functions) settings.runtime = 'nodejs22.x';
    const writes = await wide.scene.place.writes();
    const plan = wide.scene.plan({}, [WEIGHT]);
    await stage.start(plan);
    expect(await stage.targetEnded(plan)).toMatchObject({
      status: 'blocked',
      failure: { code: 'settingsRejected', function: FunctionName },
    });
    expect(await wide.scene.place.writes()).toEqual(writes);
  });
});
