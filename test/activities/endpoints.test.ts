import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WORKER_ACCOUNT } from '../../dev/stack/awsOptions.js';
import type { AwsEndpoints } from '../../src/domain/awsEndpoints.js';
import { ClientCache } from '../../src/activities/clients.js';
import { isOptIn } from '../../src/domain/regions.js';
import { activityBench } from '../support/activityBench.js';
import { AwsPlace, workerAwsEnvironment } from '../support/awsPlace.js';
import { takeRegion } from '../support/emulatorControl.js';
import { uniqueAccount } from '../support/names.js';

const OPT_IN = 'il-central-1';

function settings(endpoints: AwsEndpoints) {
  return { externalId: () => undefined, mayUse: () => true, endpoints };
}

/** What assuming the role of a place says, to a worker of an account. */
async function assumed(
  { deployRoleArn, region }: AwsPlace,
  { worker = WORKER_ACCOUNT, ...endpoints }: AwsEndpoints & { worker?: string } = {},
): Promise<unknown> {
  const run = activityBench({ access: settings(endpoints) });
  process.env['AWS_ACCESS_KEY_ID'] = worker;
  const access = {
    application: 'shop',
    deploymentId: 'd',
    target: 'israel',
    deployRoleArn,
    region,
  };
  return run('inspectPlace', access).catch((error: unknown) => error);
}

describe('a region that an account has not enabled', () => {
  let place: AwsPlace;
  beforeAll(async () => {
    place = await AwsPlace.make({ region: OPT_IN });
    await takeRegion(WORKER_ACCOUNT, OPT_IN);
  });
  afterAll(() => {
    Object.assign(process.env, workerAwsEnvironment());
  });

  it('is what is told of when it is the worker’s, with what to do', async () => {
    expect(await assumed(place)).toMatchObject({
      type: 'roleNotAssumable',
      nonRetryable: true,
      message: `Could not assume ${place.deployRoleArn} for target israel: the STS of ${OPT_IN} does not know the worker's credentials. An account has that region only once it is enabled there, and the worker's account probably has not (InvalidClientTokenId).`,
      details: [
        {
          remedy: expect.stringMatching(
            new RegExp(`^Enable ${OPT_IN} in the worker's account, or .*aws\\.stsRegion`),
          ),
        },
      ],
    });
  });

  it('is deployed to all the same with a role from the STS of another region', async () => {
    expect(await assumed(place, { stsRegion: 'us-east-1' })).toHaveProperty('roomForCode');
  });

  it('is not what is told of where every account has the region', async () => {
    const worker = uniqueAccount();
    await takeRegion(worker, 'eu-central-1');
    expect(await assumed(place, { worker, stsRegion: 'eu-central-1' })).toMatchObject({
      type: 'roleNotAssumable',
      message: expect.stringContaining("the STS of eu-central-1 does not know the worker's"),
      details: [{ remedy: expect.stringContaining("the worker's own AWS identity") }],
    });
  });

  it('is told of when it is the account of the role that has not', async () => {
    const target = await AwsPlace.make({ region: OPT_IN });
    await takeRegion(target.account, OPT_IN);
    const run = activityBench({ access: settings({ stsRegion: 'us-east-1' }) });
    const looked = run('readLatest', target.access('orders'));
    await expect(looked).rejects.toMatchObject({
      type: 'accessDenied',
      details: [
        {
          remedy: `Enable the region ${OPT_IN} in account ${target.account}: an account has it only after that.`,
        },
      ],
    });
  });
});

describe('the regions that have to be enabled', () => {
  it.each([
    ['us-east-1', false],
    ['eu-west-3', false],
    ['ap-south-2', true],
    ['eu-south-1', true],
    ['cn-north-1', false],
    ['us-gov-west-1', false],
  ])('%s: %s', (region, expected) => {
    expect(isOptIn(region)).toBe(expected);
  });
});

describe('the endpoints of the settings', () => {
  const access = {
    application: 'shop',
    deploymentId: 'd',
    target: 'prod',
    deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
    region: 'us-east-1',
  };

  /** Where the clients of a deploy role would call AWS. */
  async function hosts(endpoints: AwsEndpoints): Promise<string[]> {
    const { lambda, s3, iam, cloudWatch, ecr } = new ClientCache(settings(endpoints)).for(access);
    return Promise.all(
      [lambda, s3, iam, cloudWatch, ecr].map(async ({ config }) => {
        const { url } = config.endpointProvider({
          Region: await config.region(),
          UseDualStack: await config.useDualstackEndpoint(),
          UseFIPS: await config.useFipsEndpoint(),
        });
        return url.hostname;
      }),
    );
  }

  it('are AWS’s usual ones by default', async () => {
    const [lambda, s3] = await hosts({});
    expect([lambda, s3]).toEqual(['lambda.us-east-1.amazonaws.com', 's3.us-east-1.amazonaws.com']);
  });

  it('are those for IPv6, or those that FIPS 140 asks for, of every client', async () => {
    const dual = await hosts({ useDualstackEndpoint: true });
    expect(dual.slice(0, 2)).toEqual([
      'lambda.us-east-1.api.aws',
      's3.dualstack.us-east-1.amazonaws.com',
    ]);
    const fips = await hosts({ useFipsEndpoint: true });
    for (const host of fips) expect(host).toContain('fips');
  });
});
