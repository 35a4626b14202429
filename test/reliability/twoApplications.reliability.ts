import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan, Step } from '../../src/domain/plan.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { faultyStage } from './faultyStage.js';
import { expectInvariants } from './invariants.js';
import { Scene } from './scene.js';
import { expectEnd, InterruptedWorker, Stage, type Interruption } from './stage.js';
import { row } from './table.js';

const CANARY: Step[] = [{ type: 'setWeight', weight: 25 }, { type: 'approval' }];
const GATE = 'prod/steps/2';

/** Another application's deployment of the same functions, with other code. */
async function another(scene: Scene): Promise<Plan> {
  for (const name of scene.names) await scene.place.put(`${name}.zip`, 'of another application');
  return scene.plan({}, CANARY);
}

/** The second may write nothing, and the first ends as if it had been alone. */
async function expectRefused(stage: Stage, scene: Scene, first: Plan): Promise<void> {
  await untilOpen(stage.target(first), GATE);
  const [split] = await scene.states();
  const second = await another(scene);
  await stage.start(second);
  expect(await stage.ended(second)).toMatchObject({
    status: 'blocked',
    failure: { code: 'otherDeployment', message: expect.stringContaining(first.deploymentId) },
  });
  expect((await scene.states())[0]).toEqual(split);
  await stage.target(first).signal('approve');
  await expectEnd(scene, await stage.ended(first), 'forward');
}

const KILLED = [
  'before the request',
  'after the request',
  'at its end',
] as const satisfies readonly Interruption['moment'][];
const FAULTS = ['throttled', 'reset', 'answer lost', 'slow'] as const;

const common = { 'The second': '`blocked`, nothing written', 'Final state': 'exactly the first' };

describe('A second application deploys a function whose traffic the first splits', () => {
  const faulty = faultyStage();

  it.concurrent.each(KILLED)('the first one’s worker is killed: %s', async (moment) => {
    row({ 'The first': `its worker is killed in \`updateAlias\`, ${moment}`, ...common });
    const stage = await Stage.set();
    try {
      const scene = await Scene.make('with an alias', 'two');
      const first = scene.plan({}, CANARY);
      const interruption: Interruption = { activity: 'updateAlias', moment, signal: 'SIGKILL' };
      const worker = await InterruptedWorker.start(stage.system, interruption);
      await stage.start(first);
      await worker.interrupted();
      await worker.process.ended;
      await stage.system.startWorker();
      await expectRefused(stage, scene, first);
    } finally {
      await stage.strike();
    }
  });

  it.concurrent.each(FAULTS)('UpdateAlias of the first is %s', async (fault) => {
    row({ 'The first': `one or two of its \`UpdateAlias\`: ${fault}`, ...common });
    const stem = uniqueName('two');
    const scene = await Scene.make('with an alias', stem);
    const first = scene.plan({}, CANARY);
    faulty.proxy.strike(fault, 'UpdateAlias', stem, 2);
    await faulty.stage.start(first);
    await untilOpen(faulty.stage.target(first), GATE);
    expect(faulty.proxy.struck.get(stem)).toBeGreaterThan(0);
    await expectRefused(faulty.stage, scene, first);
  });
});

describe('A second application deploys a function whose traffic the first has split', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.withWorker();
  });
  afterAll(() => stage.strike());

  it.concurrent.each(['forward', 'back'] as const)(
    'the first was terminated, and the second goes %s',
    async (way) => {
      row({
        'The first': 'was terminated',
        'The second': way === 'forward' ? '`deployed`' : '`rolledBack`',
        'Final state': way === 'forward' ? 'exactly the second' : 'the traffic from before both',
      });
      const scene = await Scene.make('with an alias', 'two');
      const first = scene.plan({}, CANARY);
      await stage.start(first);
      await untilOpen(stage.target(first), GATE);
      await stage.target(first).terminate();
      const second = await another(scene);
      await stage.start(second);
      await untilOpen(stage.target(second), GATE);
      await stage.target(second).signal(way === 'forward' ? 'approve' : 'reject');
      const outcome = await stage.ended(second);
      if (way === 'forward') return expectEnd(scene, outcome, way);
      expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
      const [[was], [is]] = [scene.before, await scene.states()];
      expect([is?.alias, is?.aliasDescription]).toEqual([was?.alias, was?.aliasDescription]);
      await expectInvariants(scene, { arriveLate: false });
    },
  );

  it.concurrent(
    'the deployment of the first was terminated, and its target goes back',
    async () => {
      row({
        'The first': 'goes back, because its deployment was terminated',
        'The second': '`deployed` afterwards',
        'Final state': 'exactly the second',
      });
      const scene = await Scene.make('with an alias', 'two');
      const first = scene.plan({}, CANARY);
      await stage.start(first);
      await untilOpen(stage.target(first), GATE);
      await stage.deployment(first).terminate();
      expect(await stage.targetEnded(first)).toMatchObject({ status: 'rolledBack' });
      expect(await scene.states()).toEqual(scene.before);
      const second = await another(scene);
      await stage.start(second);
      await untilOpen(stage.target(second), GATE);
      await stage.target(second).signal('approve');
      expect(await stage.ended(second)).toMatchObject({ status: 'deployed', warnings: [] });
      expect(await scene.isNew()).toBe(true);
      await expectInvariants(scene, { arriveLate: false });
    },
  );
});
