import { UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan, Step } from '../../src/domain/plan.js';
import { FAULTS } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { untilOpen, untilProgress } from '../support/operator.js';
import { faultyStage } from './faultyStage.js';
import { expectInvariants } from './invariants.js';
import { Killing } from './killing.js';
import { Scene } from './scene.js';
import type { IMAGE_SHAPES } from './shapes.js';
import { CANARY, expectEnd, UNTIL_APPROVED, type Way } from './stage.js';
import { row } from './table.js';

type ImageShape = keyof typeof IMAGE_SHAPES;

const STEPS: Step[] = [{ type: 'setWeight', weight: 50 }, { type: 'approval' }];
const MOMENTS = ['before the request', 'after the request'] as const;

/** Every activity that deals with an image in another way than with a zip file. */
const KILLED: readonly [activity: string, way: Way][] = [
  ['pinPackages', 'forward'],
  ['updateCode', 'forward'],
  ['createFunction', 'forward'],
  ['updateCode', 'back'],
  ['createFunction', 'back'],
  ['restoreCode', 'back'],
];

const KILLINGS = KILLED.flatMap(([activity, way]) =>
  MOMENTS.map((moment) => ({ activity, way, moment })),
);

/** And every call. */
const CALLS: readonly [operation: string, ...ways: Way[]][] = [
  ['DescribeImages', 'forward'],
  ['CreateFunction', 'back'],
  ['UpdateFunctionCode', 'forward', 'back'],
];

const BROKEN = CALLS.flatMap(([operation, ...ways]) =>
  ways.flatMap((way) => FAULTS.map((fault) => ({ operation, way, fault }))),
);

const WAYS: Way[] = ['forward', 'back'];

const shared = faultyStage();

const endOf = (way: Way): string =>
  way === 'forward' ? 'exactly the new one' : 'exactly the one before';

function told(what: string, shape: ImageShape, deployment: string, end: string): void {
  row({ 'What happens': what, To: shape, Deployment: deployment, 'Final state': end });
}

const went = (way: Way): string => (way === 'forward' ? 'approved' : 'rolled back');

/** A deployment that waits at its gate, with half of the traffic on the new image. */
async function waiting(shape: ImageShape): Promise<{ scene: Scene; plan: Plan }> {
  const scene = await Scene.make(shape, uniqueName('image'));
  const plan = scene.plan({}, STEPS, { timeoutMs: 5 * 60_000 });
  await shared.stage.start(plan);
  await untilOpen(shared.stage.target(plan), 'prod/steps/2');
  return { scene, plan };
}

async function answered(plan: Plan, answer: 'approve' | 'reject'): Promise<TargetOutcome> {
  await shared.stage.target(plan).signal(answer);
  return shared.stage.ended(plan);
}

describe('Functions are container images', () => {
  it.concurrent.each(KILLINGS)(
    'a worker is killed: $activity, $moment, $way',
    async ({ activity, way, moment }) => {
      const what = `a worker is killed in \`${activity}\`, ${moment}`;
      told(what, 'several images', went(way), endOf(way));
      await using killing = await Killing.prepare('several images', { activity, moment });
      await killing.start();
      const promoted = killing.promoted().then(() => killing.answer(way));
      await killing.killed();
      await killing.goesOn();
      await promoted;
      await expectEnd(killing.scene, await killing.ended(), way);
    },
  );

  it.concurrent.each(BROKEN)(
    'the network fails: $operation $fault, $way',
    async ({ operation, way, fault }) => {
      const { stage, proxy } = shared;
      told(`\`${operation}\`: ${fault}`, 'several images', went(way), endOf(way));
      const stem = uniqueName('wired');
      const scene = await Scene.make('several images', stem);
      const plan = scene.plan(UNTIL_APPROVED, CANARY, { timeoutMs: 5 * 60_000 });
      const isEarly = way === 'forward' || operation.startsWith('Create');
      if (isEarly) proxy.strike(fault, operation, stem, 2);
      await stage.start(plan);
      await stage.untilPromoted(plan);
      if (!isEarly) proxy.strike(fault, operation, stem, 2);
      await stage.answer(plan, way);
      await expectEnd(scene, await stage.ended(plan), way, { arriveLate: fault === 'late' });
      expect(proxy.struck.get(stem)).toBeGreaterThan(0);
    },
  );

  it.concurrent.each(WAYS)('the tags move while it waits, %s', async (way) => {
    told('the tags move to other images while it waits', 'several images', went(way), endOf(way));
    const { scene, plan } = await waiting('several images');
    const others = await Promise.all(
      scene.names.map((_, index) => scene.repository(index).put('pushed since')),
    );
    await expectEnd(scene, await answered(plan, way === 'forward' ? 'approve' : 'reject'), way);
    const states = await scene.states();
    for (const state of states) expect(others).not.toContain(state?.codeSha256);
  });

  it.concurrent('the old image is deleted, with an alias', async () => {
    const end = 'the alias exactly as before, the rest with a warning';
    told('the old image is deleted from ECR', 'an image with an alias', went('back'), end);
    const { scene, plan } = await waiting('an image with an alias');
    const [before] = scene.before;
    await scene.repository().delete(before?.codeSha256 ?? '');
    expect(await answered(plan, 'reject')).toMatchObject({
      status: 'rolledBack',
      warnings: [
        {
          code: 'notRestored',
          message: expect.stringContaining(`@sha256:${before?.codeSha256}, which it was made of.`),
          remedy:
            'The traffic is back. Push that image again, as it was, so that it has the same digest.',
        },
      ],
    });
    const [after] = await scene.states();
    expect(after?.codeSha256).not.toBe(before?.codeSha256);
    expect(after).toEqual({ ...before, codeSha256: after?.codeSha256 });
    await expectInvariants(scene, { arriveLate: false });
  });

  it.concurrent('the old image is deleted, without an alias', async () => {
    const end = 'stuck until it is pushed again, then exactly the one before';
    told('the old image is deleted from ECR', 'an image without an alias', went('back'), end);
    const { scene, plan } = await waiting('an image without an alias');
    const target = shared.stage.target(plan);
    await scene.repository().delete(scene.before[0]?.codeSha256 ?? '');
    await target.signal('reject');
    const { problems } = await untilProgress(target, ({ phase }) => phase === 'rollbackStuck');
    expect(problems).toMatchObject([
      {
        code: 'notRestored',
        message: expect.stringContaining('Amazon ECR no longer has'),
        remedy: expect.stringContaining('so that it has the same digest'),
      },
    ]);
    await scene.repository().put('old', 'again');
    await target.signal('retry');
    await expectEnd(scene, await shared.stage.ended(plan), 'back');
  });

  it.concurrent.each<ImageShape>(['an image with an alias', 'an image without an alias'])(
    'somebody else updates the function to an image of their own, %s',
    async (shape) => {
      const end = 'their image stays, with a warning; everything else as before';
      told('somebody else gives the function another image', shape, went('back'), end);
      const { scene, plan } = await waiting(shape);
      const [name = ''] = scene.names;
      const theirs = await scene.repository().put('a hotfix', 'hotfix');
      const ImageUri = scene.repository().uri('hotfix');
      const command = new UpdateFunctionCodeCommand({ FunctionName: name, ImageUri });
      await scene.place.clients.lambda.send(command);
      await scene.place.settled(name);
      expect(await answered(plan, 'reject')).toMatchObject({
        status: 'rolledBack',
        warnings: expect.arrayContaining([
          expect.objectContaining({
            code: 'foreignChange',
            message: expect.stringContaining(`its code is ${theirs}`),
          }),
        ]),
      });
      expect(await scene.states()).toEqual([{ ...scene.before[0], codeSha256: theirs }]);
    },
  );
});
