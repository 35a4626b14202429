import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetFunctionCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FunctionState } from '../../src/domain/functions.js';
import { packageUri } from '../../src/domain/packages.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { imagePlan, makeImageFunction } from '../support/imageRepository.js';
import { pinned, released, scene, updated, type ImageScene } from '../support/imageScene.js';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

const codeOf = async ({ place, name }: ImageScene) =>
  (await place.clients.lambda.send(new GetFunctionCommand({ FunctionName: name }))).Code;

const lastUpdate = async ({ place }: ImageScene) =>
  (await place.requests())
    .filter(({ operation, mutation }) => operation === 'UpdateFunctionCode' && mutation)
    .at(-1)?.parameters;

describe('a function of an image', () => {
  it('is made of the pinned one, although the tag has moved since', async () => {
    const one = await scene();
    const { access, name, place, repository } = one;
    await repository.put('first');
    const first = await pinned(one);
    await repository.put('second');
    const plan = imagePlan(place, repository, name, { memorySize: 512 });
    const { state } = await run('createFunction', { ...access, plan, package: first });
    const uri = `${repository.base}@sha256:${first.codeSha256}`;
    expect(state).toMatchObject({ codeSha256: first.codeSha256, image: true, imageUri: uri });
    expect(await codeOf(one)).toMatchObject({ ImageUri: uri, ResolvedImageUri: uri });
    expect((await place.holds(name))?.settings).toMatchObject({ memorySize: 512 });
  });

  it('is updated to the pinned one by its digest', async () => {
    const one = await updated();
    const { repository, second } = one;
    expect(one.latest).toMatchObject({ codeSha256: second.codeSha256 });
    expect(await lastUpdate(one)).toMatchObject({
      ImageUri: `${repository.base}@sha256:${second.codeSha256}`,
      Architectures: ['x86_64'],
    });
  });

  it('is compared by the digest', async () => {
    const one = await released();
    const { access, name, place, repository, first } = one;
    const plan = imagePlan(place, repository, name);
    const same = await run('inspectFunction', { ...access, plan, package: first });
    expect(same.latest).toEqual({ code: false, settings: [] });
    await repository.put('second');
    const other = await run('inspectFunction', { ...access, plan, package: await pinned(one) });
    expect(other.latest).toEqual({ code: true, settings: [] });
  });

  it('whose image is gone is not updated, and what to do is said', async () => {
    const one = await released();
    const { access, latest, repository } = one;
    const codeSha256 = await repository.put('gone', 'gone');
    const gone = { imageUri: repository.uri('gone'), codeSha256 };
    await repository.delete(codeSha256);
    const failed = run('updateCode', { ...access, ...noPatience(latest), package: gone });
    await expect(failed).rejects.toMatchObject({
      type: 'packageNotFound',
      message: expect.stringContaining(
        `Source image ${packageUri(gone)} does not exist. Provide a valid source image`,
      ),
      details: [{ remedy: expect.stringContaining('ecr:BatchGetImage') }, { onlyAttempt: true }],
    });
    expect((await one.place.holds(one.name))?.codeSha256).toBe(one.first.codeSha256);
  });
});

const noPatience = ({ revisionId }: FunctionState) => ({ revisionId, impatient: true });

describe('the old image of a function', () => {
  it('is put back by its digest, and nothing is sent or kept', async () => {
    const one = await updated();
    const { access, first, latest, place } = one;
    const { revisionId } = latest;
    const replacedCode = `s3://${place.bucket}/replaced/`;
    const input = { ...access, rollback: true, revisionId, fromVersion: '1', replacedCode };
    expect((await run('restoreCode', input)).result).toBe('done');
    expect(await codeOf(one)).toMatchObject({ ResolvedImageUri: packageUri(first) });
    expect(await lastUpdate(one)).toMatchObject({ ImageUri: packageUri(first) });
    expect(await place.requests('s3')).toEqual([
      expect.objectContaining({ operation: 'CreateBucket' }),
    ]);
  });

  it('is put back from what is recorded when its version was deleted', async () => {
    const one = await updated();
    const { access, first, latest } = one;
    const { revisionId } = latest;
    const before = { codeSha256: first.codeSha256, settings: {}, packageUri: packageUri(first) };
    const input = { ...access, rollback: true, revisionId, fromVersion: '9', before };
    await run('restoreCode', input);
    expect(await codeOf(one)).toMatchObject({ ResolvedImageUri: packageUri(first) });
    const unknown = { ...before, packageUri: `${one.repository.base}@sha256:${'0'.repeat(64)}` };
    const lost = { ...access, revisionId, fence: revisionId, fromVersion: '9', before: unknown };
    const { state } = await run('updateCode', {
      ...access,
      revisionId: (await run('readLatest', access))!.revisionId,
      package: one.second,
    });
    await expect(
      run('restoreCode', { ...lost, revisionId: state.revisionId }),
    ).rejects.toMatchObject({
      type: 'notRestored',
      message: expect.stringContaining('it is not known any more which image it was made of'),
    });
  });

  it('that ECR has no more is told of at once, with what would help', async () => {
    const one = await updated();
    const { access, first, latest, name, repository } = one;
    await repository.delete(first.codeSha256);
    const { revisionId } = latest;
    const input = { ...access, rollback: true, revisionId, fromVersion: '1' };
    await expect(run('restoreCode', input)).rejects.toMatchObject({
      type: 'notRestored',
      nonRetryable: true,
      message: `The old code of ${name} in us-east-1 (${first.codeSha256}) cannot be put back: Amazon ECR no longer has ${packageUri(first)}, which it was made of.`,
      details: [
        { remedy: expect.stringMatching(/^Push that image again.+the rollback is tried again/) },
        { onlyAttempt: true },
      ],
    });
    await repository.put('first', 'again');
    expect((await run('restoreCode', input)).result).toBe('done');
  });

  it('is looked for before a later rollback writes anything', async () => {
    const one = await updated();
    const { access, first, name, place, repository } = one;
    const plan = { name, version: '1' };
    const found = await run('inspectVersion', { ...access, plan });
    expect(found.latest).toEqual({ code: true, settings: [] });
    await repository.delete(first.codeSha256);
    const writes = await place.writes();
    await expect(run('inspectVersion', { ...access, plan })).rejects.toMatchObject({
      type: 'notRestored',
      details: [{ remedy: expect.stringContaining('Then start again.') }],
    });
    expect(await place.writes()).toEqual(writes);
  });

  it('of a function that nobody has released is known from AWS', async () => {
    const { access, name, place, repository } = await scene();
    const first = await repository.put('first');
    await makeImageFunction(place, repository, name);
    await place.clients.lambda.send(new PublishVersionCommand({ FunctionName: name }));
    const plan = imagePlan(place, repository, name);
    const wanted = { imageUri: repository.uri(), codeSha256: first };
    const { snapshot } = await run('inspectFunction', { ...access, plan, package: wanted });
    expect(snapshot.latest?.imageUri).toBe(`${repository.base}@sha256:${first}`);
  });
});

describe('a plan of a function that is an image', () => {
  const examined = async (one: Awaited<ReturnType<typeof updated>>, more: object = {}) =>
    run('examineFunction', {
      ...one.access,
      deploymentId: randomUUID(),
      preflight: true,
      exists: true,
      shiftable: false,
      writes: ['UpdateFunctionCode'],
      layers: [],
      layersBack: [],
      dryRunCode: true,
      package: one.second,
      ...more,
    });

  it('asks AWS whether it would take the image, and reads no zip file', async () => {
    const one = await updated();
    expect((await examined(one)).problems).toEqual([]);
    expect((await one.place.requests('s3')).map(({ operation }) => operation)).not.toContain(
      'GetObject',
    );
    const tooLarge = { ...one.second, bytes: 11 * 1024 ** 3 };
    expect((await examined(one, { package: tooLarge })).problems).toMatchObject([
      { code: 'packageRejected', message: expect.stringContaining('up to 10240 MB unpacked') },
    ]);
  });

  it('doubts what the policy of the repository may allow', async () => {
    const one = await updated();
    const { place, repository } = one;
    const statement = { Effect: 'Deny', Action: 'ecr:BatchGetImage', Resource: '*' };
    await place.clients.iam.send(
      new PutRolePolicyCommand({
        RoleName: 'Deploy',
        PolicyName: 'denying',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      }),
    );
    const { problems, warnings } = await examined(one);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      {
        code: 'notChecked',
        check: 'permissions',
        message: expect.stringContaining(
          `is denied ecr:BatchGetImage on arn:aws:ecr:us-east-1:${place.account}:repository/${repository.name}, unless the policy of the repository itself gives it.`,
        ),
      },
    ]);
  });

  it('warns when ECR has the image no more that a rollback would give back', async () => {
    const one = await updated();
    const imageBack = packageUri(one.first);
    const warnings = async () =>
      (await examined(one, { imageBack })).warnings.filter(
        ({ code }) => code === 'imageNotRestorable',
      );
    expect(await warnings()).toEqual([]);
    await one.repository.delete(one.first.codeSha256);
    expect(await warnings()).toEqual([
      {
        code: 'imageNotRestorable',
        message: `${one.name} has the image ${imageBack}, which Amazon ECR no longer has: a rollback could not put it back, and would be stuck with everything else put back.`,
        remedy:
          'Push that image again, as it was, or give the function an alias before the deployment.',
      },
    ]);
  });
});
