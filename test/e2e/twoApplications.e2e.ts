import { UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Sluice } from '../../src/client.js';
import { targetWorkflowId } from '../../src/domain/names.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan, Step } from '../../src/domain/plan.js';
import { Scene } from '../reliability/scene.js';
import { Stage } from '../reliability/stage.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';

let stage: Stage;
/** Another namespace, with a worker of its own. */
let elsewhere: Stage;
let sluice: Sluice;
beforeAll(async () => {
  [stage, elsewhere] = await Promise.all([Stage.set(), Stage.set()]);
  await Promise.all([stage.system.startWorker(), elsewhere.system.startWorker()]);
  sluice = await connect(stage.system.temporal);
});
afterAll(async () => {
  await sluice.close();
  await Promise.all([stage.strike(), elsewhere.strike()]);
});

const CANARY: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];
const GATE = 'prod/steps/2';

const sceneOf = () => Scene.make('with an alias', uniqueName('two'));

/** A deployment of an application of its own, which waits with a quarter of the traffic. */
async function splitting(scene: Scene, where = stage): Promise<Plan> {
  const plan = scene.plan({}, CANARY);
  await where.start(plan);
  await untilOpen(where.target(plan), GATE);
  return plan;
}

/** Another application's deployment of the same function, with other code. */
async function another(scene: Scene): Promise<Plan> {
  await scene.place.put(`${scene.names[0]}.zip`, 'of another application');
  return scene.plan({}, CANARY);
}

async function outcomeAtOnce(plan: Plan): Promise<TargetOutcome> {
  await stage.start(plan);
  return stage.ended(plan);
}

async function aliasOf(scene: Scene) {
  const [state] = await scene.states();
  return state?.alias;
}

async function clearWeights({ place, names: [FunctionName] }: Scene): Promise<void> {
  const RoutingConfig = { AdditionalVersionWeights: {} };
  await place.clients.lambda.send(
    new UpdateAliasCommand({ FunctionName, Name: 'live', RoutingConfig }),
  );
}

const QUARTER = { version: '1', weights: { 2: 0.25 } };

describe('two applications at one function', () => {
  it('do not shift traffic under each other: the second is refused, and told whose it is', async () => {
    const scene = await sceneOf();
    const first = await splitting(scene);
    const second = await another(scene);
    const writes = await scene.place.writes();

    const { targets } = await sluice.plan({ plan: second });
    const outcome = await outcomeAtOnce(second);
    expect(outcome).toMatchObject({ status: 'blocked', failure: { code: 'otherDeployment' } });
    expect(outcome.failure?.message).toBe(
      `Alias live of ${scene.names[0]} in us-east-1 is split by deployment ${first.deploymentId} of ` +
        `the application "${first.application}" at its target prod, which runs. ` +
        'It serves version 1 (75 %) and version 2 (25 %).',
    );
    expect(targets[0]?.functions[0]?.problems).toMatchObject([
      { code: 'otherDeployment', message: outcome.failure?.message },
    ]);
    expect(await scene.place.writes()).toEqual(writes);

    // The first goes on as if nothing had been.
    expect(await aliasOf(scene)).toEqual(QUARTER);
    await stage.target(first).signal('approve');
    expect(await stage.ended(first)).toMatchObject({ status: 'deployed', warnings: [] });
    expect(await scene.isNew()).toBe(true);
    const again = await splitting(scene);
    await stage.target(again).signal('approve');
    expect(await stage.ended(again)).toMatchObject({ status: 'deployed' });
  });

  it('do not give back under each other what had been live', async () => {
    const scene = await sceneOf();
    const ended = await splitting(scene);
    await stage.target(ended).signal('approve');
    await stage.ended(ended);
    await another(scene);
    await splitting(scene);
    await sluice.restore(ended.application);
    const { counts, failures } = await sluice.result(ended.application);
    expect([counts, failures[0]?.code]).toEqual([{ blocked: 1 }, 'otherDeployment']);
    expect(await aliasOf(scene)).toEqual({ version: '2', weights: { 3: 0.25 } });
  });

  it('are told apart although the version was published by the other one', async () => {
    const scene = await sceneOf();
    const earlier = await splitting(scene);
    await stage.target(earlier).terminate();
    await clearWeights(scene);
    // AWS gives the same code the version that is there, which says that it is of the earlier one.
    const first = await splitting(scene);
    const second = { ...earlier, deploymentId: crypto.randomUUID() };
    const outcome = await outcomeAtOnce(second);
    expect(outcome.failure).toMatchObject({
      code: 'otherDeployment',
      message: expect.stringContaining(first.deploymentId),
    });
    expect(await aliasOf(scene)).toEqual(QUARTER);
  });

  it('go on where the other one was terminated, and back to what served before it', async () => {
    const scene = await sceneOf();
    const first = await splitting(scene);
    await stage.target(first).terminate();
    expect(await aliasOf(scene)).toEqual(QUARTER);
    const second = await another(scene);
    await stage.start(second);
    await untilOpen(stage.target(second), GATE);
    expect(await aliasOf(scene)).toEqual({ version: '1', weights: { 3: 0.25 } });
    await stage.target(second).signal('reject');
    expect(await stage.ended(second)).toMatchObject({ status: 'rolledBack' });
    const [[was], [is]] = [scene.before, await scene.states()];
    expect([is?.alias, is?.aliasDescription]).toEqual([was?.alias, was?.aliasDescription]);
  });

  it('are told how to go on where Temporal does not know whether the other one runs', async () => {
    const scene = await sceneOf();
    const first = await splitting(scene, elsewhere);
    const second = await another(scene);
    const { failure } = await outcomeAtOnce(second);
    expect(failure).toMatchObject({
      code: 'otherDeployment',
      message: expect.stringMatching(
        `by deployment ${first.deploymentId} .*, of which nothing is known in this namespace`,
      ),
      remedy: expect.stringContaining(
        `aws lambda update-alias --region us-east-1 --function-name ${scene.names[0]} --name live ` +
          "--routing-config 'AdditionalVersionWeights={}'",
      ),
    });
    // As the remedy says, when it does not.
    await elsewhere.target(first).terminate();
    await clearWeights(scene);
    const { deploymentId } = await splitting(scene);
    const [state] = await scene.states();
    expect(state?.aliasDescription).toContain(deploymentId);
  });
});

describe('the status of a deployment whose alias somebody else may change', () => {
  it('says what the alias was last seen to be, and when', async () => {
    const scene = await sceneOf();
    const before = new Date().toISOString();
    const { application } = await splitting(scene);
    const after = new Date().toISOString();
    const RoutingConfig = { AdditionalVersionWeights: { 2: 0.6 } };
    await scene.place.clients.lambda.send(
      new UpdateAliasCommand({ FunctionName: scene.names[0], Name: 'live', RoutingConfig }),
    );
    const { targets } = await sluice.status(application);
    const seen = targets[0]?.progress?.functions[0]?.seen;
    expect(seen).toMatchObject(QUARTER);
    expect([before, seen?.at ?? '', after].toSorted()).toEqual([before, seen?.at, after]);
    const { stdout } = await stage.system.run(['deploy', 'status', '-n', application]);
    const when = seen?.at.replace(/\.\d+Z$/, 'Z');
    expect(stdout).toContain(`25 % on version 2, 75 % on version 1, seen at ${when}\n`);
    const { currentDetails } = await stage.system.client.workflow
      .getHandle(targetWorkflowId(application, 'prod'))
      .query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain(`the rest on version 1, seen at ${when}`);
  });
});
