import {
  CreateAliasCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { ageVersions } from '../support/emulatorControl.js';
import { Scene } from './scene.js';
import { CANARY, expectEnd, InterruptedWorker, Stage, type Interruption } from './stage.js';
import { row } from './table.js';

const ROWS = ['findOldVersions', 'removeVersion'].flatMap((activity) =>
  (activity === 'removeVersion'
    ? (['before the request', 'after the request'] as const)
    : (['before the read', 'at its end'] as const)
  ).map((moment) => ({ activity, moment })),
);

/** A function of whose six versions the first serves, and the third has an alias of somebody else's. */
async function withOldVersions(): Promise<Scene> {
  const scene = await Scene.make('with an alias', 'old');
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

describe('A worker is killed (SIGKILL) while old versions are deleted, and another one goes on', () => {
  it.concurrent.each(ROWS)('$activity, $moment', async ({ activity, moment }) => {
    row({
      Activity: `\`${activity}\``,
      Killed: moment,
      'Final state': 'exactly the versions that may go are gone',
    });
    const stage = await Stage.set();
    try {
      const scene = await withOldVersions();
      const interruption: Interruption = { activity, moment, signal: 'SIGKILL' };
      const worker = await InterruptedWorker.start(stage.system, interruption);
      const plan = scene.plan({}, CANARY);
      await stage.start(plan);
      await worker.interrupted();
      await worker.process.ended;
      await stage.system.startWorker();
      const outcome = await stage.ended(plan);
      await expectEnd(scene, outcome, 'forward');
      expect(await versionsOf(scene)).toEqual(['1', '3', '6', '7']);
      expect(outcome.functions[0]?.deletedVersions).toEqual(['2', '4', '5']);
    } finally {
      await stage.strike();
    }
  });
});
