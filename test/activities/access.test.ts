import { describe, expect, it } from '@jest/globals';
import type { PinRequest } from '../../src/activities/pin.js';
import { activityBench } from '../support/activityBench.js';
import { AwsPlace } from '../support/awsPlace.js';
import { uniqueName } from '../support/names.js';

function request(place: AwsPlace, changes: Partial<PinRequest> = {}): PinRequest {
  const { function: _, ...access } = place.access('orders');
  return { ...access, package: { bucket: place.bucket, key: 'orders.zip' }, ...changes };
}

/** What pinning one package says, with the worker's settings of the test. */
async function pin(
  wanted: PinRequest,
  dependencies: Parameters<typeof activityBench>[0] = {},
): Promise<unknown> {
  return (await activityBench(dependencies)('pinPackages', [wanted]))[0];
}

describe('the deploy role', () => {
  it('is assumed in a session that names the deployment', async () => {
    const place = await AwsPlace.make();
    await place.put('orders.zip', 'x');
    const wanted = request(place);
    expect(await pin(wanted)).toHaveProperty('pinned.codeSha256');
    const sessions = await place.assumedSessions();
    expect(sessions).toEqual([`sluice-${wanted.deploymentId}`]);
  });

  it('that does not exist is told in a sentence', async () => {
    const place = await AwsPlace.make();
    const deployRoleArn = `arn:aws:iam::${place.account}:role/Nobody`;
    expect(await pin(request(place, { deployRoleArn }))).toMatchObject({
      failure: {
        code: 'roleNotAssumable',
        message: `Could not assume ${deployRoleArn} for target prod: AWS denies it.`,
        remedy: expect.stringContaining('trust policy'),
      },
    });
  });

  it('that asks for an external id gets the one of the settings, and fails without it', async () => {
    const place = await AwsPlace.make({ externalId: 'the-right-one' });
    await place.put('orders.zip', 'x');
    const knowing = (externalId: string) => ({
      access: {
        externalId: (account: string) => (account === place.account ? externalId : undefined),
        mayUse: () => true,
      },
    });
    expect(await pin(request(place), knowing('the-right-one'))).toHaveProperty('pinned');
    const wrong = await pin(request(place), knowing('a-wrong-one'));
    expect(wrong).toMatchObject({ failure: { code: 'roleNotAssumable' } });
    expect(JSON.stringify(wrong)).not.toContain('a-wrong-one');
    expect(await pin(request(place))).toMatchObject({
      failure: { remedy: expect.stringContaining('settings give none') },
    });
  });

  it('that the settings do not give to the application is never asked for', async () => {
    const place = await AwsPlace.make();
    const access = { externalId: () => undefined, mayUse: () => false };
    expect(await pin(request(place), { access })).toMatchObject({
      failure: { code: 'roleNotAllowed' },
    });
  });
});

describe('a package', () => {
  it('is pinned to its object version where the bucket keeps versions', async () => {
    const place = await AwsPlace.make({ versioned: true });
    await place.put('orders.zip', 'x');
    expect(await pin(request(place))).toMatchObject({
      pinned: { bucket: place.bucket, key: 'orders.zip', versionId: expect.any(String) },
    });
  });

  it.each([
    ['that does not exist', { key: 'none.zip' }, 'packageNotFound', 's3:GetObject'],
    [
      'in a bucket that does not exist',
      { bucket: uniqueName('none') },
      'packageNotFound',
      'bucket',
    ],
  ])('%s is told in a sentence', async (_, location, code, remedy) => {
    const place = await AwsPlace.make();
    const missing = { bucket: place.bucket, key: 'orders.zip', ...location };
    expect(await pin(request(place, { package: missing }))).toMatchObject({
      failure: {
        code,
        message: expect.stringContaining(`s3://${missing.bucket}/${missing.key}`),
        remedy: expect.stringContaining(remedy),
      },
    });
  });

  it('in a bucket of another region is told in a sentence', async () => {
    const place = await AwsPlace.make({ region: 'eu-west-1' });
    await place.put('orders.zip', 'x');
    expect(await pin(request(place, { region: 'us-east-1' }))).toMatchObject({
      failure: {
        code: 'packageInOtherRegion',
        remedy: expect.stringContaining('a bucket in us-east-1'),
      },
    });
  });

  it('that cannot be had does not keep the others from being pinned', async () => {
    const place = await AwsPlace.make();
    await place.put('orders.zip', 'x');
    const missing = request(place, { package: { bucket: place.bucket, key: 'none.zip' } });
    const results = await activityBench()('pinPackages', [missing, request(place)]);
    expect(results.map((result) => Object.keys(result)[0])).toEqual(['failure', 'pinned']);
  });
});
