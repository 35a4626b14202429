import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plan } from '../../src/domain/plan.js';
import { FaultProxy, FAULTS } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';
import { until } from '../support/until.js';
import { Rotating, SETTINGS } from './rotating.js';
import { FILLED_IN, Scene } from './scene.js';
import {
  CANARY,
  expectEnd,
  InterruptedWorker,
  Stage,
  UNTIL_APPROVED,
  type Interruption,
  type Way,
} from './stage.js';
import { row } from './table.js';

const SHAPE = 'functions with secrets';
const MANAGER = 'AWS Secrets Manager';
const DIRECTORY = 'a directory';

/** A line of the table. */
function line(where: string, what: string, way: Way | 'stops', end?: string): void {
  row({
    'Where the secret lies': where,
    'What happens': what,
    Deployment: { forward: 'approved', back: 'rolled back', stops: 'stops' }[way],
    'Final state': end ?? (way === 'forward' ? 'exactly the new one' : 'exactly the one before'),
  });
}

const planOf = (scene: Scene): Plan => scene.plan(UNTIL_APPROVED, CANARY, { timeoutMs: 300_000 });

/** Every activity that fills in or compares an environment, on the way on which it is taken. */
const KILLED: readonly [activity: string, ...ways: Way[]][] = [
  ['createFunction', 'forward', 'back'],
  ['updateSettings', 'forward', 'back'],
  ['updateCode', 'forward', 'back'],
  ['publishVersion', 'forward', 'back'],
  ['updateAlias', 'forward', 'back'],
  ['restoreSettings', 'back'],
  ['removeFunction', 'back'],
];

const MOMENTS = ['before the request', 'after the request'] as const;

const KILLS = KILLED.flatMap(([activity, ...ways]) =>
  ways.flatMap((way) => MOMENTS.map((moment) => ({ activity, way, moment }))),
);

/** Kills a worker, does something to the secret, and lets another worker go on. */
async function killing(
  scene: Scene,
  {
    way,
    settings,
    ...interruption
  }: Omit<Interruption, 'signal'> & {
    /** From the promotion on; absent where there is none. */
    way?: Way;
    settings: string;
  },
  then: () => Promise<void>,
) {
  const stage = await Stage.set();
  try {
    const signal = 'SIGKILL';
    const worker = await InterruptedWorker.start(
      stage.system,
      { ...interruption, signal },
      { settings },
    );
    const plan = planOf(scene);
    await stage.start(plan);
    const promoted = way && stage.untilPromoted(plan).then(() => stage.answer(plan, way));
    await worker.interrupted();
    await worker.process.ended;
    await then();
    await stage.system.startWorker({ settings });
    await promoted;
    return await stage.ended(plan);
  } finally {
    await stage.strike();
  }
}

describe('A worker is killed, and the secret replaced before another one goes on', () => {
  it.concurrent.each(KILLS)('$activity, $moment, $way', async ({ activity, way, moment }) => {
    line(MANAGER, `killed ${moment} of \`${activity}\`, then replaced`, way);
    const stem = uniqueName('kill');
    using secret = await Rotating.make(stem);
    const scene = await Scene.make(SHAPE, stem);
    const interruption = { activity, moment, way, settings: SETTINGS };
    const outcome = await killing(scene, interruption, () => secret.replace());
    await expectEnd(scene, outcome, way);
  });
});

let stage: Stage;
let proxy: FaultProxy;
let folder: string;
beforeAll(async () => {
  proxy = await FaultProxy.start(shared.awsEndpoint);
  stage = await Stage.withWorker({ awsEndpoint: proxy.endpoint, settings: SETTINGS });
  folder = await mkdtemp(join(tmpdir(), 'sluice-secrets-'));
});
afterAll(async () => {
  await stage.strike();
  await proxy.stop();
  await rm(folder, { recursive: true });
});

const CALLS: readonly [operation: string, ...ways: Way[]][] = [
  ['GetSecretValue', 'forward', 'back'],
  ['CreateFunction', 'forward', 'back'],
  ['UpdateFunctionConfiguration', 'forward', 'back'],
];

const WIRES = CALLS.flatMap(([operation, ...ways]) =>
  ways.flatMap((way) => FAULTS.map((fault) => ({ operation, way, fault }))),
);

describe('The network fails, and the secret is replaced meanwhile', () => {
  it.concurrent.each(WIRES)('$operation $fault, $way', async ({ operation, way, fault }) => {
    line(MANAGER, `one or two of \`${operation}\`: ${fault}, then replaced`, way);
    const stem = uniqueName('wire');
    using secret = await Rotating.make(stem);
    const scene = await Scene.make(SHAPE, stem);
    proxy.strike(fault, operation, stem, 2);
    const plan = planOf(scene);
    await stage.start(plan);
    await until('the network had failed', () => Promise.resolve(proxy.struck.get(stem)));
    // Until the versions are noted, a new value is simply the value of the start.
    if (operation !== 'GetSecretValue') await secret.replace();
    await stage.untilPromoted(plan);
    await stage.answer(plan, way);
    await expectEnd(scene, await stage.ended(plan), way, { arriveLate: fault === 'late' });
  });
});

describe('While a deployment waits', () => {
  const WAYS: Way[] = ['forward', 'back'];
  const ACTS = ['replaced', 'deleted'] as const;
  const ROWS = WAYS.flatMap((way) => ACTS.map((act) => ({ way, act })));

  it.concurrent.each(ROWS)('the secret is $act, $way', async ({ way, act }) => {
    line(MANAGER, `${act} after the promotion`, way);
    const stem = uniqueName('wait');
    using secret = await Rotating.make(stem);
    const scene = await Scene.make(SHAPE, stem);
    const plan = planOf(scene);
    await stage.start(plan);
    await stage.untilPromoted(plan);
    await (act === 'replaced' ? secret.replace() : secret.delete());
    await stage.answer(plan, way);
    await expectEnd(scene, await stage.ended(plan), way);
  });
});

describe('A place that keeps no versions', () => {
  const settings = () => `secrets: {from: [{directory: ${folder}}]}`;
  const keep = (name: string, value: string) => writeFile(join(folder, name), value);

  it.concurrent.each<Way>(['forward', 'back'])('a worker is killed, %s', async (way) => {
    line(DIRECTORY, 'killed after the request of `updateSettings`', way);
    const stem = uniqueName('kill');
    await keep(stem, FILLED_IN);
    const scene = await Scene.make(SHAPE, stem);
    const [activity, moment] = ['updateSettings', 'after the request'] as const;
    const interruption = { activity, moment, way, settings: settings() };
    const outcome = await killing(scene, interruption, () => Promise.resolve());
    await expectEnd(scene, outcome, way);
  });

  it.concurrent.each<Way>(['forward', 'back'])('the secret is replaced, %s', async (way) => {
    line(DIRECTORY, 'replaced after the promotion', way);
    const own = await Stage.set();
    try {
      await own.system.startWorker({ settings: settings() });
      const stem = uniqueName('wait');
      await keep(stem, FILLED_IN);
      const scene = await Scene.make(SHAPE, stem);
      const plan = planOf(scene);
      await own.start(plan);
      await own.untilPromoted(plan);
      await keep(stem, 'p4ssw0rd-of-later');
      await own.answer(plan, way);
      await expectEnd(scene, await own.ended(plan), way);
    } finally {
      await own.strike();
    }
  });

  it.concurrent('a worker is killed and the secret replaced while it is written', async () => {
    const end = 'the one before, but for the variables of `$LATEST`, which is told';
    line(DIRECTORY, 'killed after the request of `updateSettings`, then replaced', 'stops', end);
    const stem = uniqueName('kill');
    await keep(stem, FILLED_IN);
    const scene = await Scene.make(SHAPE, stem);
    const [activity, moment] = ['updateSettings', 'after the request'] as const;
    const interruption = { activity, moment, settings: settings() };
    const outcome = await killing(scene, interruption, () => keep(stem, 'p4ssw0rd-of-later'));
    expect(outcome).toMatchObject({ status: 'rolledBack', failure: { code: 'foreignChange' } });
    const after = await scene.states();
    expect(after.map((one) => one?.alias)).toEqual(scene.before.map((one) => one?.alias));
    expect(after.map((one) => one?.codeSha256)).toEqual(scene.before.map((one) => one?.codeSha256));
  });
});
