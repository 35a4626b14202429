import {
  CreateAliasCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import { ageVersions } from '../support/emulatorControl.js';
import { FAULTS } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { faultyStage } from './faultyStage.js';
import { Scene } from './scene.js';
import { CANARY, expectEnd, InterruptedWorker, Stage, type Interruption } from './stage.js';
import { row } from './table.js';

const ROWS = ['findOldVersions', 'removeVersion'].flatMap((activity) =>
  (activity === 'removeVersion'
    ? (['before the request', 'after the request'] as const)
    : (['before the read', 'at its end'] as const)
  ).map((moment) => ({ activity, moment })),
);

/** What is asked for of a version, to see whether it may go and to have it gone. */
const CALLS = ['ListVersionsByFunction', 'ListAliases', 'GetPolicy', 'DeleteFunction'] as const;

const FAULTY = CALLS.flatMap((operation) => FAULTS.map((fault) => ({ operation, fault })));

const network = faultyStage();

/** A function of whose six versions the first serves, and the third has an alias of somebody else's. */
async function withOldVersions(stem: string): Promise<Scene> {
  const scene = await Scene.make('with an alias', stem);
  const [FunctionName = ''] = scene.names;
  const { lambda } = scene.place.clients;
  for (let version = 2; version <= 6; version += 1) {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: version }));
    await scene.place.settled(FunctionName);
    await lambda.send(new PublishVersionCommand({ FunctionName }));
  }
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'theirs', FunctionVersion: '3' }));
  await ageVersions(scene.place.account);
  for (const one of scene.functions) one.keepVersions = 2;
  return scene;
}

async function versionsOf({ place, names: [FunctionName] }: Scene): Promise<unknown[]> {
  const { Versions = [] } = await place.clients.lambda.send(
    new ListVersionsByFunctionCommand({ FunctionName }),
  );
  return Versions.map(({ Version }) => Version).filter((one) => one !== '$LATEST');
}

async function expectOldOnesGone(
  scene: Scene,
  outcome: TargetOutcome,
  requests?: { arriveLate: boolean },
): Promise<void> {
  await expectEnd(scene, outcome, 'forward', requests);
  expect(await versionsOf(scene)).toEqual(['1', '3', '6', '7']);
  expect(outcome.functions[0]?.deletedVersions).toEqual(['2', '4', '5']);
}

describe('A worker is killed (SIGKILL) while old versions are deleted, and another one goes on', () => {
  it.concurrent.each(ROWS)('$activity, $moment', async ({ activity, moment }) => {
    row({
      'What happens': `the worker is killed ${moment}`,
      When: `\`${activity}\``,
      'Final state': 'exactly the versions that may go are gone',
    });
    const stage = await Stage.set();
    try {
      const scene = await withOldVersions('old');
      const interruption: Interruption = { activity, moment, signal: 'SIGKILL' };
      const worker = await InterruptedWorker.start(stage.system, interruption);
      const plan = scene.plan({}, CANARY);
      await stage.start(plan);
      await worker.interrupted();
      await worker.process.ended;
      await stage.system.startWorker();
      await expectOldOnesGone(scene, await stage.ended(plan));
    } finally {
      await stage.strike();
    }
  });
});

describe('The network fails while old versions are deleted', () => {
  it.concurrent.each(FAULTY)('$operation $fault', async ({ operation, fault }) => {
    const { stage, proxy } = network;
    row({
      'What happens': `one or two of the calls: ${fault}`,
      When: `\`${operation}\``,
      'Final state': 'exactly the versions that may go are gone',
    });
    const stem = uniqueName('pruned');
    const scene = await withOldVersions(stem);
    const plan = scene.plan({}, CANARY, { timeoutMs: 5 * 60_000 });
    proxy.strike(fault, operation, stem, 2);
    await stage.start(plan);
    const requests = { arriveLate: fault === 'late' };
    await expectOldOnesGone(scene, await stage.ended(plan), requests);
    expect(proxy.struck.get(stem)).toBeGreaterThan(0);
  });
});
