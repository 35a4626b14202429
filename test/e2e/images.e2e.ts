import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defined } from '../../src/domain/defined.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { ImageRepository, INDEX } from '../support/imageRepository.js';
import { uniqueName } from '../support/names.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.start();
  await system.startWorker();
});
afterAll(async () => {
  await system.stop();
});

/** An application with one function that is a container image. */
async function shop({ alias }: { alias?: string } = {}) {
  const place = await AwsPlace.make();
  const [application, functionName] = [uniqueName('shop'), uniqueName('orders')];
  const repository = await ImageRepository.make(place, functionName);
  const image = repository.uri('{{context.tag}}');
  const target = { name: 'prod', place, functionName, image, ...defined({ alias }) };
  const file = (options: Record<string, unknown> = {}) =>
    deploymentFile(application, [{ ...target, options }], { context: { tag: 'live' } });
  const holds = () => place.holds(functionName, alias);
  return { place, application, functionName, repository, file, holds };
}

describe('a deployment file of a container image', () => {
  it('is deployed, planned, rolled back and deployed again by digest, whatever its tag names', async () => {
    const { application, repository, file, holds } = await shop();
    const first = await repository.put('first');
    const imageConfig = { command: ['first.handler'] };
    expect(await system.deploy(file({ imageConfig }))).toMatchObject({ exitCode: 0, stderr: '' });
    const { deploymentId } = await system.outcome(application);
    expect(await holds()).toMatchObject({
      codeSha256: first,
      settings: { ImageConfig: { Command: ['first.handler'] } },
    });

    const second = await repository.put('second');
    const path = await system.file('second.yaml', file({ imageConfig: {} }));
    const planned = await system.run(['deploy', 'plan', '-f', path]);
    expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
    expect(planned.stdout).toContain(`${repository.base}@sha256:${second}`);
    expect(await system.deploy(file({ imageConfig: {} }))).toMatchObject({ exitCode: 0 });
    expect(await holds()).toMatchObject({ codeSha256: second });
    expect((await holds())?.settings['ImageConfig']).toBeUndefined();

    await repository.put('third');
    const named = ['-n', application, '-w'];
    expect(await system.run(['deploy', 'rollback', ...named])).toMatchObject({ exitCode: 0 });
    const isFirst = {
      codeSha256: first,
      settings: { ImageConfig: { Command: ['first.handler'] } },
    };
    expect(await holds()).toMatchObject(isFirst);
    expect(await system.deploy(file({ imageConfig: {} }))).toMatchObject({ exitCode: 0 });
    const again = ['deploy', 'redeploy', '-i', deploymentId, ...named];
    expect(await system.run(again)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await holds()).toMatchObject(isFirst);
  });

  it('is not begun with where the image is an index of several, and says how to build one', async () => {
    const { repository, file, holds } = await shop({ alias: 'live' });
    await repository.put('of several', 'live', INDEX);
    const refused = await system.deploy(file());
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout).toContain('is an index of images');
    expect(refused.stdout).toContain('--provenance=false');
    expect(await holds()).toBeUndefined();
  });
});
