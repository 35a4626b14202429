import { describe, it } from '@jest/globals';
import { Killing } from './killing.js';
import { expectEnd, type Way } from './stage.js';
import { row } from './table.js';

/** Every activity that talks to AWS, on the way on which it is taken. */
const ACTIVITIES: readonly [activity: string, way: Way][] = [
  ['pinPackages', 'forward'],
  ['inspectFunction', 'forward'],
  ['keepCode', 'forward'],
  ['publishVersion', 'forward'],
  ['updateSettings', 'forward'],
  ['updateCode', 'forward'],
  ['createFunction', 'forward'],
  ['readLatest', 'forward'],
  ['updateAlias', 'forward'],
  ['createAlias', 'forward'],
  ['readBack', 'forward'],
  ['keepCode', 'back'],
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
  ['readBack', 'back'],
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
    await using killing = await Killing.prepare('several functions', { activity, moment });
    await expectEnd(killing.scene, await killing.toTheEnd(way), way);
  });
});
