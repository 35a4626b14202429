import {
  AddPermissionCommand,
  CreateAliasCommand,
  PublishVersionCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan, Step } from '../../src/domain/plan.js';
import { Scene } from '../reliability/scene.js';
import type { ShapeName } from '../reliability/shapes.js';
import { Stage } from '../reliability/stage.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.withWorker();
});
afterAll(async () => {
  await stage.strike();
});

const CANARY: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];

type Act = (scene: Scene, name: string) => Promise<unknown>;

/** What the deployment gives the functions, in the place of what they have. */
const ENVIRONMENT = { SECRET: 'of the deployment', MODE: 'new' };

/** Deploys, lets somebody do something while the canary waits, and answers it. */
async function whileWaiting(
  scene: Scene,
  act: Act,
  answer: 'approve' | 'reject' = 'approve',
  environment?: Record<string, string>,
): Promise<TargetOutcome> {
  const plan = scene.plan({}, CANARY);
  for (const { settings } of plan.targets[0]?.functions ?? []) {
    if (environment !== undefined) settings.environment = environment;
  }
  await stage.start(plan);
  await untilOpen(stage.target(plan), 'prod/steps/2');
  await act(scene, scene.names[0] ?? '');
  await stage.target(plan).signal(answer);
  return stage.ended(plan);
}

const sceneOf = (shape: ShapeName) => Scene.make(shape, uniqueName('foreign'));

const foreignCode: Act = async ({ place }, name) => {
  const ZipFile = zipOf({ 'index.js': `exports.handler = async () => 'a hotfix';` });
  await place.clients.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile }));
  await place.settled(name);
};

const settings =
  (
    change: Pick<UpdateFunctionConfigurationRequest, 'MemorySize' | 'Timeout' | 'Environment'>,
  ): Act =>
  async ({ place }, name) => {
    const command = new UpdateFunctionConfigurationCommand({ FunctionName: name, ...change });
    await place.clients.lambda.send(command);
    await place.settled(name);
  };

describe('somebody who changes a function by hand during a canary', () => {
  it('keeps the alias as they made it, and is told of', async () => {
    const scene = await sceneOf('with an alias');
    const outcome = await whileWaiting(scene, async ({ place }, name) => {
      const RoutingConfig = { AdditionalVersionWeights: { 2: 0.6 } };
      await place.clients.lambda.send(
        new UpdateAliasCommand({ FunctionName: name, Name: 'live', RoutingConfig }),
      );
    });
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    expect(outcome.failure?.message).toContain(
      'it serves version 1 (40 %) and version 2 (60 %), and version 1 (75 %) and version 2 (25 %) was expected',
    );
    const [after] = await scene.states();
    expect(after?.alias).toEqual({ version: '1', weights: { 2: 0.6 } });
  });

  it('keeps the code as they made it, while the traffic goes back to what it was', async () => {
    const scene = await sceneOf('with an alias');
    const outcome = await whileWaiting(scene, foreignCode);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'foreignChange' },
      warnings: [{ code: 'foreignChange' }],
    });
    expect(outcome.failure?.message).toMatch(/its code is \S+, and \S+ was expected/);
    const [[before], [after]] = [scene.before, await scene.states()];
    expect(after?.alias).toEqual(before?.alias);
    expect(after?.settings).toEqual(before?.settings);
    expect(after?.codeSha256).not.toBe(before?.codeSha256);
  });

  it('is noticed without an alias as well', async () => {
    const scene = await sceneOf('without an alias');
    const outcome = await whileWaiting(scene, foreignCode);
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    const [[before], [after]] = [scene.before, await scene.states()];
    expect(after?.codeSha256).not.toBe(before?.codeSha256);
    expect(after?.settings).toEqual(before?.settings);
  });

  it('keeps a setting that the file names, and the deployment stops', async () => {
    const scene = await sceneOf('with an alias');
    const outcome = await whileWaiting(scene, settings({ MemorySize: 1024 }));
    expect(outcome.failure).toMatchObject({
      code: 'foreignChange',
      message: expect.stringContaining('its memorySize is 1024, and 256 was expected'),
    });
    const [after] = await scene.states();
    expect(after?.settings).toMatchObject({ memorySize: 1024 });
  });

  it('keeps a value of an environment that the file names, and the deployment stops', async () => {
    const scene = await sceneOf('with an alias');
    const Variables = { ...ENVIRONMENT, SECRET: 'of somebody else' };
    const byHand = settings({ Environment: { Variables } });
    const outcome = await whileWaiting(scene, byHand, 'approve', ENVIRONMENT);
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: {
        code: 'foreignChange',
        message: expect.stringContaining('its environment is not the one that was expected'),
      },
      warnings: [{ code: 'foreignChange' }],
    });
    const [after] = await scene.states();
    expect(after?.settings).toMatchObject({ environment: Variables });
    expect(after?.alias).toEqual(scene.before[0]?.alias);
  });

  it('is noticed at the rollback too', async () => {
    const scene = await sceneOf('with an alias');
    const outcome = await whileWaiting(scene, foreignCode, 'reject');
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      failure: { code: 'approvalRejected' },
      warnings: [{ code: 'foreignChange' }],
    });
  });
});

describe('what is no foreign change', () => {
  it.each<[string, Act]>([
    ['a setting that the file does not name', settings({ Timeout: 17 })],
    [
      'a permission',
      ({ place }, name) =>
        place.clients.lambda.send(
          new AddPermissionCommand({
            FunctionName: name,
            StatementId: 'events',
            Action: 'lambda:InvokeFunction',
            Principal: 'events.amazonaws.com',
          }),
        ),
    ],
    [
      'a tag',
      ({ place }, name) =>
        place.clients.lambda.send(
          new TagResourceCommand({
            Resource: `arn:aws:lambda:${place.region}:${place.account}:function:${name}`,
            Tags: { team: 'shop' },
          }),
        ),
    ],
  ])('%s: the deployment goes on', async (_, act) => {
    const scene = await sceneOf('with an alias');
    const outcome = await whileWaiting(scene, act, 'approve', ENVIRONMENT);
    expect(outcome).toMatchObject({ status: 'deployed', warnings: [] });
    expect(await scene.isNew()).toBe(true);
  });

  it('is what the deployment itself has made of an environment: it goes back', async () => {
    const scene = await sceneOf('with an alias');
    const outcome = await whileWaiting(scene, settings({ Timeout: 17 }), 'reject', ENVIRONMENT);
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    const [[before], [after]] = [scene.before, await scene.states()];
    expect(after?.settings['environment']).toEqual(before?.settings['environment']);
    expect(after?.settings['environment']).not.toEqual(ENVIRONMENT);
  });
});

describe('a function that the deployment has created', () => {
  it('is not deleted by the rollback when somebody has attached something to it', async () => {
    const scene = await sceneOf('a new function');
    const outcome = await whileWaiting(
      scene,
      ({ place }, name) =>
        place.clients.lambda.send(
          new CreateAliasCommand({ FunctionName: name, Name: 'mine', FunctionVersion: '1' }),
        ),
      'reject',
    );
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [{ code: 'notRestored' }] });
    expect((await scene.states())[0]).toBeDefined();
  });
});

describe('weights that an alias has before a deployment', () => {
  /** Terminates a canary, so that it leaves its weights behind. */
  async function leaveWeights(scene: Scene): Promise<void> {
    const plan = scene.plan({}, CANARY);
    await stage.start(plan);
    await untilOpen(stage.target(plan), 'prod/steps/2');
    await stage.target(plan).terminate();
  }

  it('go back to the primary version when a terminated deployment has left them', async () => {
    const scene = await sceneOf('with an alias');
    await leaveWeights(scene);
    expect((await scene.states())[0]?.alias).toEqual({ version: '1', weights: { 2: 0.25 } });
    await scene.place.put(`${scene.names[0]}.zip`, 'newer');
    const outcome = await whileWaiting(scene, () => Promise.resolve(), 'reject');
    expect(outcome.status).toBe('rolledBack');
    expect((await scene.states())[0]?.alias).toEqual({ version: '1', weights: {} });
  });

  it('are kept exactly when somebody else has set them', async () => {
    const scene = await sceneOf('with an alias');
    const { lambda } = scene.place.clients;
    const [name] = scene.names;
    await settings({ Timeout: 9 })(scene, name ?? '');
    await lambda.send(new PublishVersionCommand({ FunctionName: name }));
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.4 } };
    await lambda.send(new UpdateAliasCommand({ FunctionName: name, Name: 'live', RoutingConfig }));
    const before = await scene.states();
    const outcome = await whileWaiting(scene, () => Promise.resolve(), 'reject');
    expect(outcome.status).toBe('rolledBack');
    expect(await scene.states()).toEqual(before);
    expect(before[0]?.alias).toEqual({ version: '1', weights: { 2: 0.4 } });
  });
});

describe('a dead-letter queue that differs from that of the version that serves', () => {
  const queued: Act = async ({ place }, name) => {
    const TargetArn = `arn:aws:sqs:${place.region}:${place.account}:failed`;
    await place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: name,
        DeadLetterConfig: { TargetArn },
      }),
    );
    await place.settled(name);
  };

  it('makes a canary impossible, which is told before the first write', async () => {
    const scene = await sceneOf('with an alias');
    await queued(scene, scene.names[0] ?? '');
    const writes = await scene.place.writes();
    const plan: Plan = scene.plan({}, CANARY);
    await stage.start(plan);
    const outcome = await stage.ended(plan);
    expect(outcome).toMatchObject({ status: 'blocked', failure: { code: 'splitImpossible' } });
    expect(outcome.failure?.message).toContain('The dead-letter queue of');
    expect(await scene.place.writes()).toEqual(writes);
  });
});
