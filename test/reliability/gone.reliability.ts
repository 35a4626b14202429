import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HeldFunction } from '../support/awsPlace.js';
import { Losing } from './losing.js';
import { Stage } from './stage.js';
import { row } from './table.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.withWorker();
});
afterAll(async () => {
  await stage.strike();
});

/** Whatever the number of the version is that serves it. */
function contentOf({ codeSha256, settings }: HeldFunction) {
  return { codeSha256, settings };
}

describe('Something that a rollback needs was deleted while the deployment waited', () => {
  it.concurrent('the layer version that served, without an alias', async () => {
    row({
      'What was deleted': 'the layer version that served',
      To: 'without an alias',
      Outcome: 'stuck; `rollbackFailed` once it is abandoned',
      'Final state': 'the one before, but for the layers',
    });
    const losing = await Losing.make(stage, {});
    await losing.deleteLayer();
    const [problem, ...more] = await losing.takeBackUntilStuck();
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: 'settingsRejected',
      message: expect.stringMatching(/^Could not put back layers of \S+ in \S+: Layer version/),
      remedy: expect.stringContaining('make available again what AWS names'),
    });
    const { layers: _, ...others } = losing.before.settings;
    const stuck = await losing.held();
    expect(stuck).toMatchObject({ codeSha256: losing.before.codeSha256, settings: others });
    const outcome = await losing.abandon();
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      warnings: [{ code: 'rollbackAbandoned' }],
    });
    await losing.expectToldAsItIs(outcome);
  });

  it.concurrent('the layer version that served, with an alias', async () => {
    row({
      'What was deleted': 'the layer version that served',
      To: 'with an alias',
      Outcome: '`rolledBack`, with a warning that names the layers',
      'Final state': 'the one before, but for the layers of `$LATEST`',
    });
    const losing = await Losing.make(stage, { alias: true });
    await losing.deleteLayer();
    const outcome = await losing.takeBack();
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      warnings: [{ code: 'notRestored', message: expect.stringContaining('put back layers of') }],
      functions: [{ summary: 'was not put back completely' }],
    });
    const { layers: _, ...others } = losing.before.settings;
    expect(await losing.held()).toMatchObject({
      codeSha256: losing.before.codeSha256,
      settings: others,
      alias: losing.before.alias,
    });
    await losing.expectToldAsItIs(outcome);
  });

  it.concurrent('the version to go back to, which nobody made of a package', async () => {
    row({
      'What was deleted': 'the version to go back to, which nobody made of a package',
      To: 'without an alias',
      Outcome: 'stuck; `rollbackFailed` once it is abandoned',
      'Final state': 'the rejected code with the settings of before, and the outcome says so',
    });
    const losing = await Losing.make(stage, {});
    await losing.deleteVersion('1');
    const [problem] = await losing.takeBackUntilStuck();
    expect(problem).toMatchObject({
      code: 'notRestored',
      message: expect.stringMatching(/version 1, which held it, was deleted .* no package of it/),
    });
    const outcome = await losing.abandon();
    expect(outcome).toMatchObject({
      status: 'rollbackFailed',
      warnings: [{ code: 'rollbackAbandoned', message: expect.stringContaining('was deleted') }],
    });
    const held = await losing.held();
    expect(held.settings).toEqual(losing.before.settings);
    expect(held.codeSha256).not.toBe(losing.before.codeSha256);
    await losing.expectToldAsItIs(outcome);
  });

  it.concurrent('the version to go back to, which was made of a package', async () => {
    row({
      'What was deleted': 'the version to go back to, which was made of a package',
      To: 'without an alias',
      Outcome: '`rolledBack`',
      'Final state': 'exactly the one before',
    });
    const losing = await Losing.make(stage, { deployed: true });
    await losing.deleteVersion('2');
    const outcome = await losing.takeBack();
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      warnings: [],
      functions: [{ summary: 'is as it was before' }],
    });
    expect(contentOf(await losing.held())).toEqual(contentOf(losing.before));
    await losing.expectToldAsItIs(outcome);
  });

  it.concurrent('the version to go back to, with the values of the environment', async () => {
    row({
      'What was deleted': 'the version to go back to, and with it the values of the environment',
      To: 'without an alias',
      Outcome: 'stuck; `rolledBack`, with a warning, once somebody has set them by hand',
      'Final state': 'exactly the one before',
    });
    const settings = { environment: { MODE: 'rejected' } };
    const losing = await Losing.make(stage, { deployed: true, settings });
    await losing.deleteVersion('2');
    const [problem] = await losing.takeBackUntilStuck();
    expect(problem).toMatchObject({
      code: 'notRestored',
      remedy: expect.stringContaining('Set the variables by hand'),
    });
    expect(await losing.held()).toMatchObject({
      codeSha256: losing.before.codeSha256,
      settings: { memorySize: 192, layers: losing.before.settings['layers'] },
    });
    const { place, name } = losing;
    await place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: name,
        Environment: { Variables: { MODE: 'before' } },
      }),
    );
    await place.settled(name);
    // What the values were, nobody can tell any more: they are somebody else's now, and stay.
    const outcome = await losing.retry();
    expect(outcome).toMatchObject({
      status: 'rolledBack',
      warnings: [{ code: 'foreignChange', message: expect.stringContaining('environment') }],
    });
    expect(contentOf(await losing.held())).toEqual(contentOf(losing.before));
    await losing.expectToldAsItIs(outcome);
  });

  it.concurrent('after the promotion, the version that the alias served', async () => {
    row({
      'What was deleted': 'after the promotion: the version that the alias served',
      To: 'with an alias',
      Outcome: '`rolledBack`',
      'Final state': 'the code and settings of before; the alias serves them as a new version',
    });
    const losing = await Losing.make(stage, { alias: true, deployed: true, promoted: true });
    await losing.deleteVersion('2');
    const outcome = await losing.takeBack();
    expect(outcome).toMatchObject({ status: 'rolledBack', warnings: [] });
    const held = await losing.held();
    expect(contentOf(held)).toEqual(contentOf(losing.before));
    const served = held.versions.find(({ version }) => version === held.alias?.version);
    expect([served?.codeSha256, held.alias?.weights]).toEqual([losing.before.codeSha256, {}]);
    await losing.expectToldAsItIs(outcome);
  });

  it.concurrent('after the promotion, such a version that nobody made of a package', async () => {
    row({
      'What was deleted':
        'after the promotion: the version that the alias served, which nobody made of a package',
      To: 'with an alias',
      Outcome: 'stuck; `rollbackFailed` once it is abandoned',
      'Final state': 'the rejected version, and the outcome says so',
    });
    const losing = await Losing.make(stage, { alias: true, promoted: true });
    await losing.deleteVersion('1');
    const [problem] = await losing.takeBackUntilStuck();
    expect(problem).toMatchObject({
      code: 'notRestored',
      message: expect.stringContaining('cannot go back to version 1: someone deleted it'),
    });
    const outcome = await losing.abandon();
    expect(outcome.status).toBe('rollbackFailed');
    expect((await losing.held()).alias).toEqual({ version: '2', weights: {} });
    await losing.expectToldAsItIs(outcome);
  });
});
