import { UpdateAliasCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import { FAULTS } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { faultyStage } from './faultyStage.js';
import { Killing } from './killing.js';
import { Scene } from './scene.js';
import { CANARY, expectEnd, UNTIL_APPROVED, type Way } from './stage.js';
import { row } from './table.js';

/** What is written one after the other, and which request of its activity that is. */
interface Write {
  what: string;
  activity: string;
  nth?: number;
}

const BASELINE: Write = { what: 'publish what `$LATEST` is', activity: 'publishVersion' };
const AWAY: Write = { what: 'point the alias at that version', activity: 'updateAlias' };
const SETTINGS: Write = { what: 'change the settings', activity: 'updateSettings' };

const FORWARD: readonly Write[] = [
  BASELINE,
  AWAY,
  SETTINGS,
  { what: 'change the code', activity: 'updateCode' },
  { what: 'publish the new version', activity: 'publishVersion', nth: 2 },
  { what: 'shift the traffic', activity: 'updateAlias', nth: 2 },
  { what: 'promote the new version', activity: 'updateAlias', nth: 4 },
];

const BACK: readonly Write[] = [
  { what: 'give the traffic back', activity: 'updateAlias' },
  { what: 'put the settings back', activity: 'restoreSettings' },
  { what: 'put the code back', activity: 'restoreCode' },
  { what: 'point the alias at `$LATEST` again', activity: 'updateAlias', nth: 2 },
];

const MOMENTS = ['before the request', 'after the request'] as const;

interface Killed extends Write {
  way: Way;
  /** Whether it is killed on the way back. */
  later: boolean;
}

const KILLED: readonly Killed[] = [
  ...FORWARD.map((write) => ({ ...write, way: 'forward' as const, later: false })),
  ...[BASELINE, AWAY].map((write) => ({ ...write, way: 'back' as const, later: false })),
  ...BACK.map((write) => ({ ...write, way: 'back' as const, later: true })),
];

const SHAPE = 'an alias on $LATEST';

const finalState = (way: Way): string =>
  way === 'forward' ? 'exactly the new one' : 'exactly the one before';

const ROWS = KILLED.flatMap((one) => MOMENTS.map((moment) => ({ ...one, moment })));

const shared = faultyStage();

describe('The worker of an alias that serves $LATEST is killed', () => {
  it.concurrent.each(ROWS)('$what, $moment, $way', async ({ what, way, later, ...one }) => {
    row({
      'What happens': `the worker is killed ${one.moment}`,
      Where: what,
      Deployment: way === 'forward' ? 'approved' : 'rolled back',
      'Final state': finalState(way),
    });
    const { activity, nth = 1, moment } = one;
    await using killing = await Killing.prepare(SHAPE, { activity, nth, moment, later });
    await killing.start();
    if (later) {
      await killing.promoted();
      killing.arm();
      await killing.answer(way);
    }
    await killing.killed();
    await killing.goesOn();
    if (!later) await killing.promoted().then(() => killing.answer(way));
    await expectEnd(killing.scene, await killing.ended(), way);
  });
});

/** Calls on the ways on which they go wrong, each once or twice. */
const CALLS = [
  ['PublishVersion', 'forward'],
  ['UpdateAlias', 'forward'],
  ['UpdateAlias', 'back'],
] as const;

const FAULTY = CALLS.flatMap(([operation, way]) =>
  FAULTS.map((fault) => ({ operation, way, fault })),
);

describe('The network of an alias that serves $LATEST fails', () => {
  it.concurrent.each(FAULTY)('$operation $fault, $way', async ({ operation, way, fault }) => {
    const { stage, proxy } = shared;
    row({
      'What happens': `one or two requests: ${fault}`,
      Where: `\`${operation}\``,
      Deployment: way === 'forward' ? 'approved' : 'rolled back',
      'Final state': finalState(way),
    });
    const stem = uniqueName('latest');
    const scene = await Scene.make(SHAPE, stem);
    const plan = scene.plan(UNTIL_APPROVED, CANARY, { timeoutMs: 5 * 60_000 });
    if (way === 'forward') proxy.strike(fault, operation, stem, 2);
    await stage.start(plan);
    await stage.untilPromoted(plan);
    if (way === 'back') proxy.strike(fault, operation, stem, 2);
    await stage.answer(plan, way);
    await expectEnd(scene, await stage.ended(plan), way, { arriveLate: fault === 'late' });
    expect(proxy.struck.get(stem)).toBeGreaterThan(0);
  });
});

/** Somebody changes the code. */
async function hotfix({ place, names: [name] }: Scene): Promise<void> {
  const ZipFile = zipOf({ 'index.js': `exports.handler = async () => 'a hotfix';` });
  await place.clients.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile }));
  await place.settled(name ?? '');
}

async function pointAtLatest({ place, names: [name] }: Scene): Promise<void> {
  const alias = { FunctionName: name, Name: 'live' };
  await place.clients.lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: '$LATEST' }));
}

interface Foreign {
  what: string;
  /** Right before which of our writes. */
  write: Write;
  act: (scene: Scene) => Promise<void>;
  finalState: string;
  /** What the alias names in the end. */
  alias: string;
  isTheirCode: boolean;
  warnings: string[];
}

const FOREIGN: readonly Foreign[] = [
  {
    what: 'somebody changes the code',
    write: AWAY,
    act: hotfix,
    finalState: 'their code, which the alias serves; nothing else was written',
    alias: '$LATEST',
    isTheirCode: true,
    warnings: [],
  },
  {
    what: 'somebody changes the code',
    write: SETTINGS,
    act: hotfix,
    finalState: 'their code; the alias serves what it served before, which is told',
    alias: '1',
    isTheirCode: true,
    warnings: ['notRestored'],
  },
  {
    what: 'somebody points the alias at `$LATEST` again',
    write: SETTINGS,
    act: pointAtLatest,
    finalState: 'exactly the one before',
    alias: '$LATEST',
    isTheirCode: false,
    warnings: [],
  },
];

describe('Among the writes to an alias that serves $LATEST', () => {
  it.concurrent.each(FOREIGN)('$what, before: $write.what', async (one) => {
    const { what, write, act, finalState: end, alias, isTheirCode, warnings } = one;
    row({
      'What happens': what,
      Where: `right before: ${write.what}`,
      Deployment: 'stopped',
      'Final state': end,
    });
    const { activity, nth = 1 } = write;
    await using killing = await Killing.prepare(SHAPE, { activity, nth, moment: MOMENTS[0] });
    await killing.start();
    await killing.killed();
    await act(killing.scene);
    await killing.goesOn();
    const outcome = await killing.ended();
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    expect(outcome.warnings.map(({ code }) => code)).toEqual(warnings);
    const [[before], [after]] = [killing.scene.before, await killing.scene.states()];
    expect(after).toMatchObject({
      settings: before?.settings,
      alias: { version: alias, weights: {} },
    });
    expect(after?.codeSha256 === before?.codeSha256).toBe(!isTheirCode);
  });
});
