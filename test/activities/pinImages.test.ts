import { describe, expect, it } from '@jest/globals';
import { INDEX } from '../support/imageRepository.js';
import { scene } from '../support/imageScene.js';

describe('the pinning of images', () => {
  it('fixes a tag to the digest that it has, whatever it names afterwards', async () => {
    const { repository, pin, place } = await scene();
    const first = await repository.put('first');
    const result = await pin({ imageUri: repository.uri() });
    expect(result).toEqual({
      pinned: { imageUri: repository.uri(), codeSha256: first, bytes: expect.any(Number) },
    });
    await repository.put('second');
    const byDigest = { imageUri: `${repository.base}@sha256:${first}` };
    expect(await pin(byDigest)).toMatchObject({ pinned: { ...byDigest, codeSha256: first } });
    const asked = (await place.requests('ecr')).filter(({ mutation }) => !mutation);
    expect(asked.map(({ operation, error }) => [operation, error])).toEqual([
      ['DescribeImages', null],
      ['DescribeImages', null],
    ]);
  });

  it('says of an image that is not there what to look at', async () => {
    const { repository, pin, place } = await scene();
    const imageUri = repository.uri('none');
    expect(await pin({ imageUri })).toEqual({
      failure: {
        code: 'packageNotFound',
        message: `Could not look at ${imageUri} in us-east-1: The image with imageId {imageDigest:'null', imageTag:'none'} does not exist within the repository with name '${repository.name}' in the registry with id '${place.account}' (ImageNotFoundException).`,
        remedy: expect.stringMatching(/^Check the repository and the tag .+ecr:DescribeImages/),
        target: 'prod',
        awsRequestId: expect.any(String),
      },
    });
    for (const other of [
      `${repository.base}@sha256:${'0'.repeat(64)}`,
      `${repository.base}-of-nobody:live`,
    ]) {
      expect(await pin({ imageUri: other })).toMatchObject({
        failure: { code: 'packageNotFound', message: expect.stringContaining(other) },
      });
    }
  });

  it('takes no image of another region, nor from another registry than ECR', async () => {
    const { pin } = await scene();
    expect(
      await pin({ imageUri: '111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:1' }),
    ).toEqual({
      failure: {
        code: 'packageInOtherRegion',
        message:
          '111111111111.dkr.ecr.eu-west-1.amazonaws.com/orders:1 lies in eu-west-1, and Lambda takes images for functions in us-east-1 from there alone.',
        remedy: 'Push it to a repository in us-east-1, or have Amazon ECR replicate it there.',
        target: 'prod',
      },
    });
    expect(await pin({ imageUri: 'docker.io/library/x:1' })).toMatchObject({
      failure: { code: 'packageNotFound', remedy: expect.stringContaining('private repositories') },
    });
  });

  it('reads another account’s repository where its policy allows it', async () => {
    const { pin, place } = await scene();
    const other = await scene();
    const first = await other.repository.put('first');
    const planned = { imageUri: other.repository.uri() };
    expect(await pin(planned)).toMatchObject({
      failure: { code: 'accessDenied', message: expect.stringContaining('ecr:DescribeImages') },
    });
    await other.repository.share(place.account, ['ecr:DescribeImages']);
    expect(await pin(planned)).toMatchObject({ pinned: { codeSha256: first } });
  });

  it('does not begin with another image than the plan means', async () => {
    const { repository, pin } = await scene();
    const first = await repository.put('first');
    const planned = { imageUri: repository.uri(), codeSha256: first };
    expect(await pin(planned)).toMatchObject({ pinned: { codeSha256: first } });
    await repository.put('second');
    expect(await pin(planned)).toMatchObject({
      failure: {
        code: 'packageChanged',
        message: `${repository.uri()} is another image by now than the plan means, which is sha256:${first}.`,
        remedy: expect.stringContaining('Give that image its tag back'),
      },
    });
  });

  it('refuses an index of several images, and says how to build one', async () => {
    const { repository, pin } = await scene();
    await repository.put('of several', 'live', INDEX);
    expect(await pin({ imageUri: repository.uri() })).toMatchObject({
      failure: {
        code: 'packageRejected',
        message: expect.stringContaining('is an index of images'),
        remedy: expect.stringContaining('--provenance=false'),
      },
    });
  });
});
