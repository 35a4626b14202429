import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CommandProcess } from '../cli/commandProcess.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.withWorker();
});
afterAll(async () => {
  await system.stop();
});

it('a deployment that waits is followed into its run, by whoever started it and by whoever joins', async () => {
  const place = await AwsPlace.make();
  const [application, functionName] = [uniqueName('shop'), uniqueName('orders')];
  const file = (options: Record<string, unknown>): string =>
    deploymentFile(application, [{ name: 'prod', place, functionName, options }], {
      strategies: { allAtOnce: { canary: { steps: [{ pause: { untilApproved: true } }] } } },
      deploymentConfig: { ifDeploymentInProgress: { strategy: 'enqueueOne' } },
    });
  const begin = async (name: string, options: Record<string, unknown>): Promise<CommandProcess> => {
    const path = await system.file(name, file(options));
    const args = ['deploy', 'start', '-f', path, '--watch', '-o', 'json'];
    return new CommandProcess(args, system.environment);
  };
  const idOf = (command: CommandProcess): string => {
    const { deploymentId } = command.lines()[0]?.['deployment'] as Record<string, string>;
    return deploymentId ?? '';
  };
  await place.put(`${functionName}.zip`, 'first');
  const first = await begin('first.yaml', { memorySize: 256 });
  await first.says('prod/steps/1');
  const second = await begin('second.yaml', { memorySize: 512 });
  await second.says('"type":"queued"');
  const which = ['-n', application, '-i', idOf(second)];
  const joined = new CommandProcess(
    ['deploy', 'watch', ...which, '-o', 'json'],
    system.environment,
  );
  await joined.says('"type":"waits"');

  const decide = (command: CommandProcess, answer: string) =>
    system.run(['deploy', answer, '-n', application, '-i', idOf(command)]);
  expect(await decide(first, 'reject')).toMatchObject({ exitCode: 0 });
  expect(await first.exit).toBe(4);
  await Promise.all([second.says('prod/steps/1'), joined.says('prod/steps/1')]);
  expect(await decide(second, 'approve')).toMatchObject({ exitCode: 0 });
  expect(await Promise.all([second.exit, joined.exit])).toEqual([0, 0]);
  expect((await place.holds(functionName))?.settings).toMatchObject({ memorySize: 512 });
});
