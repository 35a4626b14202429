import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../src/domain/plan.js';
import { endSnapshots, holdSnapshots } from '../support/emulatorControl.js';
import { FAULTS } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { untilProgress } from '../support/operator.js';
import { until } from '../support/until.js';
import { faultyStage } from './faultyStage.js';
import { Scene } from './scene.js';
import {
  CANARY,
  expectEnd,
  type Interruption,
  InterruptedWorker,
  Stage,
  type Way,
} from './stage.js';
import { row } from './table.js';

const KILLS: readonly { moment: Interruption['moment']; way: Way }[] = [
  { moment: 'before the read', way: 'forward' },
  { moment: 'at its end', way: 'forward' },
  { moment: 'before the read', way: 'back' },
];

const network = faultyStage();

/** A function whose new version stays Pending until its snapshot is let be made. */
async function withHeldSnapshot(stem: string): Promise<Scene> {
  const scene = await Scene.make('with an alias', stem);
  for (const { settings } of scene.functions)
    Object.assign(settings, {
      runtime: 'java21',
      snapStart: { applyOn: 'PublishedVersions' },
      // No more, where AWS makes snapshots.
      ephemeralStorage: { size: 512 },
    });
  await holdSnapshots(scene.place.account);
  return scene;
}

async function untilItWaits(stage: Stage, plan: Plan): Promise<void> {
  await untilProgress(stage.target(plan), ({ notices }) =>
    notices.some((one) => one.includes('has made the snapshot')),
  );
}

const ends = (way: Way) => ({
  Deployment: way === 'forward' ? 'goes on' : 'rolled back',
  'Final state': way === 'forward' ? 'exactly the new one' : 'exactly the one before',
});

describe('AWS makes the snapshot of a new version, which has no traffic until then', () => {
  it.concurrent.each(KILLS)('a worker is killed $moment, $way', async ({ moment, way }) => {
    row({ 'What happens': `the worker that waits is killed ${moment}`, ...ends(way) });
    const stage = await Stage.set();
    try {
      const scene = await withHeldSnapshot('snapshot');
      const interruption: Interruption = { activity: 'awaitVersion', moment, signal: 'SIGKILL' };
      const worker = await InterruptedWorker.start(stage.system, interruption);
      const plan = scene.plan({}, CANARY);
      const deployment = await stage.start(plan);
      if (moment === 'at its end') {
        await untilItWaits(stage, plan);
        await endSnapshots(scene.place.account);
      }
      await worker.interrupted();
      await worker.process.ended;
      if (way === 'back') await deployment.signal('rollback');
      await stage.system.startWorker();
      if (way === 'forward') await endSnapshots(scene.place.account);
      await expectEnd(scene, await stage.ended(plan), way);
    } finally {
      await stage.strike();
    }
  });

  it.concurrent.each(FAULTS)('the network fails: GetFunction %s', async (fault) => {
    const { stage, proxy } = network;
    row({ 'What happens': `one or two of the looks at it: ${fault}`, ...ends('forward') });
    const stem = uniqueName('snapshot');
    const scene = await withHeldSnapshot(stem);
    const plan = scene.plan({}, CANARY, { timeoutMs: 5 * 60_000 });
    await stage.start(plan);
    await untilItWaits(stage, plan);
    proxy.strike(fault, 'GetFunction', stem, 2);
    await until('the network had failed', () => proxy.struck.get(stem));
    await endSnapshots(scene.place.account);
    await expectEnd(scene, await stage.ended(plan), 'forward', { arriveLate: fault === 'late' });
    expect(proxy.struck.get(stem)).toBeGreaterThan(0);
  });
});
