import { DescribeImagesCommand } from '@aws-sdk/client-ecr';
import {
  UpdateFunctionConfigurationCommand,
  type CreateFunctionCommandInput,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImageRepository, INDEX } from '../support/imageRepository.js';
import { Account, codeSaying, refusal } from './account.js';
import { startEmulator, type Emulator } from './startEmulator.js';

const INVALID = { code: 'InvalidParameterValueException', status: 400 };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.stop());

async function repositoryOf(account: Account): Promise<ImageRepository> {
  const registry = { account: account.id, region: 'eu-west-1', clients: { ecr: account.ecr } };
  return ImageRepository.make(registry, 'orders');
}

/** An account with a repository that has an image, and what creates a function of that. */
async function withImage() {
  const account = new Account(emulator.endpoint);
  await account.createRole('runs-functions');
  const repository = await repositoryOf(account);
  const first = await repository.put('first');
  const input = {
    PackageType: 'Image',
    Code: { ImageUri: repository.uri() },
    Handler: undefined,
    Runtime: undefined,
  } as const;
  return { account, repository, first, input };
}

async function withFunction() {
  const given = await withImage();
  await created(given.account, given.input);
  return given;
}

async function created(account: Account, input: Partial<CreateFunctionCommandInput>) {
  await account.create(input);
  await account.ready();
}

describe('a function that is a container image', () => {
  it('is told of by its tag and its digest, with neither handler nor runtime', async () => {
    const { account, repository, first } = await withFunction();
    const { Code, Configuration } = await account.get();
    expect(Code).toEqual({
      RepositoryType: 'ECR',
      ImageUri: repository.uri(),
      ResolvedImageUri: `${repository.base}@sha256:${first}`,
    });
    expect(Configuration).toMatchObject({ PackageType: 'Image', CodeSha256: first, CodeSize: 0 });
    for (const member of ['Handler', 'Runtime', 'Layers']) {
      expect(Configuration).not.toHaveProperty(member);
    }
  });

  it('stays what it is when its tag moves, until it is updated', async () => {
    const { account, repository, first } = await withFunction();
    const second = await repository.put('second');
    expect((await account.configuration()).CodeSha256).toBe(first);
    const answer = await account.update({ ImageUri: repository.uri() });
    expect(answer).toMatchObject({ CodeSha256: second, LastUpdateStatus: 'InProgress' });
    expect(await refusal(account.update({ ImageUri: repository.uri() }))).toMatchObject({
      code: 'ResourceConflictException',
    });
    await account.ready();
    await account.update({ ImageUri: `${repository.base}@sha256:${first}` });
    expect((await account.ready()).CodeSha256).toBe(first);
  });

  it('keeps its image in each version', async () => {
    const { account, repository, first } = await withFunction();
    expect(await account.publish()).toMatchObject({ Version: '1', CodeSha256: first });
    await repository.put('second');
    await account.update({ ImageUri: repository.uri() });
    await account.ready();
    await account.publish();
    const [one, two] = [await account.get('1'), await account.get('2')];
    expect(one.Code?.ResolvedImageUri).toBe(`${repository.base}@sha256:${first}`);
    expect(two.Configuration?.CodeSha256).not.toBe(first);
  });

  it('answers to a dry run with the digest, and is not changed', async () => {
    const { account, repository, first } = await withFunction();
    const second = await repository.put('second');
    const dry = await account.update({ ImageUri: repository.uri(), DryRun: true });
    expect(dry.CodeSha256).toBe(second);
    expect((await account.configuration()).CodeSha256).toBe(first);
    const missing = { ImageUri: repository.uri('none'), DryRun: true };
    expect(await refusal(account.update(missing))).toMatchObject(INVALID);
  });

  it('has no handler, runtime or layers', async () => {
    const { account, input } = await withImage();
    const refused = {
      ...INVALID,
      message:
        "Please don't provide Handler or Runtime or Layer when the intended function PackageType is Image.",
    };
    for (const more of [{ Handler: 'index.handler' }, { Runtime: 'nodejs24.x' } as const]) {
      expect(await refusal(account.create({ ...input, ...more }))).toEqual(refused);
    }
    await created(account, input);
    expect(await refusal(configure(account, { Handler: 'index.handler' }))).toEqual(refused);
  });

  it('has what its image starts with named by ImageConfig, until that is empty', async () => {
    const { account } = await withFunction();
    const ImageConfig = { Command: ['other.handler'] };
    await configure(account, { ImageConfig });
    expect((await account.ready()).ImageConfigResponse).toEqual({ ImageConfig });
    await configure(account, { ImageConfig: {} });
    expect((await account.ready()).ImageConfigResponse).toBeUndefined();
  });

  it('never becomes a zip file, nor a zip file an image', async () => {
    const { account, repository } = await withFunction();
    for (const DryRun of [false, true]) {
      const zip = account.update({ ZipFile: codeSaying('a zip'), DryRun });
      expect(await refusal(zip)).toEqual({
        ...INVALID,
        message: 'Please provide ImageUri when updating a function with packageType Image.',
      });
    }
    const other = new Account(emulator.endpoint);
    await other.createReady();
    expect(await refusal(other.update({ ImageUri: repository.uri() }))).toMatchObject({
      message: "Please don't provide ImageUri when updating a function with packageType Zip.",
    });
  });

  it('is made only where the package type says so', async () => {
    const { account, repository } = await withImage();
    const create = account.create({ Code: { ImageUri: repository.uri() } });
    expect(await refusal(create)).toEqual({
      ...INVALID,
      message: 'Please provide a source for function code.',
    });
  });
});

describe('an image', () => {
  it('has to be there, in the region of the function', async () => {
    const { account, repository, first, input } = await withImage();
    const elsewhere = `${account.id}.dkr.ecr.us-east-1.amazonaws.com/orders:live`;
    const gone = await repository.put('gone', 'gone');
    await repository.delete(gone);
    for (const ImageUri of [
      repository.uri('none'),
      `${repository.base}@sha256:${gone}`,
      `${repository.base}-of-nobody:live`,
      elsewhere,
    ]) {
      expect(await refusal(account.create({ ...input, Code: { ImageUri } }))).toEqual({
        ...INVALID,
        message: `Source image ${ImageUri} does not exist. Provide a valid source image.`,
      });
    }
    const byDigest = { ImageUri: `${repository.base}@sha256:${first}` };
    await created(account, { ...input, Code: byDigest });
    expect(await refusal(account.update({ ImageUri: 'orders:live' }))).toMatchObject({
      message: 'Source image orders:live is not valid. Provide a valid source image.',
    });
  });

  it('is one for one platform', async () => {
    const { account, repository } = await withFunction();
    await repository.put('for several', 'index', INDEX);
    expect(await refusal(account.update({ ImageUri: repository.uri('index') }))).toEqual({
      ...INVALID,
      message: `The image manifest, config or layer media type for the source image ${repository.uri('index')} is not supported.`,
    });
  });

  it('of another account takes a policy of its repository', async () => {
    const { account } = await withFunction();
    const { repository } = await withImage();
    const ImageUri = repository.uri();
    expect(await refusal(account.update({ ImageUri }))).toEqual({
      code: 'AccessDeniedException',
      status: 403,
      message:
        'Lambda does not have permission to access the ECR image. Check the ECR permissions.',
    });
    await repository.share(account.id, ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']);
    await account.update({ ImageUri });
  });

  it('that is asked for in ECR and is not there is an error', async () => {
    const { account, repository, first } = await withImage();
    const describeImages = (repositoryName: string, imageTag: string) =>
      account.ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }));
    const { imageDetails } = await describeImages('orders', 'live');
    expect(imageDetails).toMatchObject([{ imageDigest: `sha256:${first}`, imageTags: ['live'] }]);
    expect(await refusal(describeImages('orders', 'none'))).toEqual({
      code: 'ImageNotFoundException',
      status: 400,
      message: `The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the repository with name 'orders' in the registry with id '${account.id}'`,
    });
    expect(await refusal(describeImages('nobodys', 'live'))).toMatchObject({
      code: 'RepositoryNotFoundException',
    });
    const other = new Account(emulator.endpoint);
    const asked = () =>
      other.ecr.send(
        new DescribeImagesCommand({ repositoryName: 'orders', registryId: account.id }),
      );
    expect(await refusal(asked())).toMatchObject({ code: 'AccessDeniedException' });
    await repository.share(other.id, ['ecr:DescribeImages']);
    expect((await asked()).imageDetails).toHaveLength(1);
  });

  it('stands in the log of requests, without its manifest', async () => {
    const { next } = await emulator.requests();
    const { account, repository } = await withImage();
    const told = (await emulator.requests(next)).requests;
    expect(told).toMatchObject([
      { service: 'ecr', operation: 'CreateRepository', mutation: true, account: account.id },
      { operation: 'PutImage', resource: repository.name, parameters: { imageTag: 'live' } },
    ]);
    expect(told[1]?.parameters).not.toHaveProperty('imageManifest');
  });
});

function configure(account: Account, changes: object) {
  return account.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: account.function, ...changes }),
  );
}
