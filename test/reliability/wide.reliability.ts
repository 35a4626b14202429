import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Step, TargetPlan } from '../../src/domain/plan.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import type { ShapeName } from './scene.js';
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

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.set();
  await stage.system.startWorker();
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
});
