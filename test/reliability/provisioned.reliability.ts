import { describe, expect, it } from '@jest/globals';
import { FAULTS } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { faultyStage } from './faultyStage.js';
import { Killing } from './killing.js';
import { Scene } from './scene.js';
import {
  CANARY,
  expectEnd,
  type Interruption,
  InterruptedWorker,
  Stage,
  UNTIL_APPROVED,
  type Way,
} from './stage.js';
import { row } from './table.js';

const SHAPE = 'with provisioned concurrency';

interface Kill extends Pick<Interruption, 'activity' | 'moment' | 'nth'> {
  when: string;
  way: Way;
}

const GIVEN = { when: 'one is given to a new version', activity: 'provision' };
const AWAITED = { when: 'one is waited for', activity: 'awaitProvisioned' };
/** Two functions get theirs: what is taken after that, from old versions or new ones, comes third. */
const TAKEN = { when: 'one is taken away', activity: 'provision', nth: 3 };

const KILLS: readonly Kill[] = [
  { ...GIVEN, way: 'forward', moment: 'before the request' },
  { ...GIVEN, way: 'forward', moment: 'after the request' },
  { ...GIVEN, way: 'back', moment: 'after the request' },
  { ...AWAITED, way: 'forward', moment: 'before the read' },
  { ...AWAITED, way: 'forward', moment: 'at its end' },
  { ...TAKEN, way: 'forward', moment: 'before the request' },
  { ...TAKEN, way: 'forward', moment: 'after the request' },
  { ...TAKEN, way: 'back', moment: 'before the request' },
  { ...TAKEN, way: 'back', moment: 'after the request' },
];

const CALLS: readonly [operation: string, ...ways: Way[]][] = [
  ['ListProvisionedConcurrencyConfigs', 'forward'],
  ['PutProvisionedConcurrencyConfig', 'forward', 'back'],
  ['GetProvisionedConcurrencyConfig', 'forward', 'back'],
  ['DeleteProvisionedConcurrencyConfig', 'forward', 'back'],
];

const FAULTY = CALLS.flatMap(([operation, ...ways]) =>
  ways.flatMap((way) => FAULTS.map((fault) => ({ operation, way, fault }))),
);

const ends = (way: Way) => ({
  Deployment: way === 'forward' ? 'approved' : 'rolled back',
  'Final state': way === 'forward' ? 'exactly the new one' : 'exactly the one before',
});

const network = faultyStage();

describe('Provisioned concurrency', () => {
  it.concurrent.each(KILLS)(
    'a worker is killed where $when, $moment, $way',
    async ({ when, way, ...interruption }) => {
      const { moment } = interruption;
      row({ 'What happens': `the worker is killed ${moment}`, When: when, ...ends(way) });
      await using killing = await Killing.prepare(SHAPE, interruption);
      await expectEnd(killing.scene, await killing.toTheEnd(way), way);
    },
  );

  it('is given back before the traffic where the old version has lost it already', async () => {
    row({
      'What happens': 'an operator wants it back',
      When: 'the old version has lost its own',
      ...ends('back'),
    });
    const stage = await Stage.set();
    try {
      const scene = await Scene.make(SHAPE, 'given-back');
      const plan = scene.plan(UNTIL_APPROVED, CANARY);
      const killed: Interruption = {
        activity: 'readBack',
        moment: 'before the read',
        signal: 'SIGKILL',
      };
      const worker = await InterruptedWorker.start(stage.system, killed);
      const deployment = await stage.start(plan);
      await stage.untilPromoted(plan);
      await stage.answer(plan, 'forward');
      await worker.interrupted();
      await worker.process.ended;
      expect(await scene.place.provisioned(scene.names[0] ?? '')).toEqual({ 2: 12 });
      await deployment.signal('rollback');
      await stage.system.startWorker();
      await expectEnd(scene, await stage.ended(plan), 'back');
    } finally {
      await stage.strike();
    }
  });

  it.concurrent.each(FAULTY)(
    'the network fails: $operation $fault, $way',
    async ({ operation, way, fault }) => {
      const { stage, proxy } = network;
      row({
        'What happens': `one or two of the calls: ${fault}`,
        When: `\`${operation}\``,
        ...ends(way),
      });
      const stem = uniqueName('provisioned');
      const scene = await Scene.make(SHAPE, stem);
      const plan = scene.plan(UNTIL_APPROVED, CANARY, { timeoutMs: 5 * 60_000 });
      const isTaken = operation.startsWith('Delete');
      if (!isTaken) proxy.strike(fault, operation, stem, 2);
      await stage.start(plan);
      await stage.untilPromoted(plan);
      if (isTaken) proxy.strike(fault, operation, stem, 2);
      await stage.answer(plan, way);
      await expectEnd(scene, await stage.ended(plan), way, { arriveLate: fault === 'late' });
      expect(proxy.struck.get(stem)).toBeGreaterThan(0);
    },
  );
});
