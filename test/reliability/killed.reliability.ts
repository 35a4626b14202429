import { describe, it } from '@jest/globals';
import { Scene } from './scene.js';
import { CANARY, expectEnd, InterruptedWorker, Stage, UNTIL_APPROVED, type Way } from './stage.js';
import { row } from './table.js';

/** Every activity that talks to AWS, on the way on which it is taken. */
const ACTIVITIES: readonly [activity: string, way: Way][] = [
  ['pinPackages', 'forward'],
  ['inspectFunction', 'forward'],
  ['publishVersion', 'forward'],
  ['updateSettings', 'forward'],
  ['updateCode', 'forward'],
  ['createFunction', 'forward'],
  ['readLatest', 'forward'],
  ['updateAlias', 'forward'],
  ['createAlias', 'forward'],
  ['publishVersion', 'back'],
  ['updateSettings', 'back'],
  ['updateCode', 'back'],
  ['createFunction', 'back'],
  ['updateAlias', 'back'],
  ['createAlias', 'back'],
  ['restoreSettings', 'back'],
  ['restoreCode', 'back'],
  ['removeAlias', 'back'],
  ['removeFunction', 'back'],
];

const MOMENTS = ['before the request', 'after the request'] as const;

const ROWS = ACTIVITIES.flatMap(([activity, way]) =>
  MOMENTS.map((moment) => ({ activity, way, moment })),
);

describe('A worker is killed (SIGKILL), and another one goes on', () => {
  it.concurrent.each(ROWS)('$activity, $moment, $way', async ({ activity, way, moment }) => {
    row({
      Activity: `\`${activity}\``,
      Killed: moment,
      Deployment: way === 'forward' ? 'approved' : 'rolled back',
      'Final state': way === 'forward' ? 'exactly the new one' : 'exactly the one before',
    });
    const stage = await Stage.set();
    try {
      const scene = await Scene.make('several functions', 'kill');
      const plan = scene.plan(UNTIL_APPROVED, CANARY);
      const worker = await InterruptedWorker.start(stage.system, {
        activity,
        moment,
        signal: 'SIGKILL',
      });
      await stage.start(plan);
      const promoted = stage.untilPromoted(plan).then(() => stage.answer(plan, way));
      await worker.interrupted();
      await worker.process.ended;
      await stage.system.startWorker();
      await promoted;
      await expectEnd(scene, await stage.ended(plan), way);
    } finally {
      await stage.strike();
    }
  });
});
