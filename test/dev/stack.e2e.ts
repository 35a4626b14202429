import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { awsOptions } from '../../dev/stack/awsOptions.js';
import { type Stack, startStack } from '../../dev/stack/stack.js';
import { startTemporal } from '../../dev/stack/temporal.js';
import { isAlive } from '../support/isAlive.js';

/** Deploys an example as a person would who has pasted the environment of the stack. */
async function deploy(file: string, { temporal, awsEndpoint }: Stack): Promise<string> {
  const args = ['deploy', 'start', '-f', file, '--watch'];
  const env = {
    ...process.env,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    AWS_ENDPOINT_URL: awsEndpoint,
  };
  const sluice = join(root, 'bin/sluice');
  const { stdout, stderr } = await promisify(execFile)(sluice, args, { cwd: root, env });
  return stdout + stderr;
}

describe('two local stacks side by side', () => {
  let one: Stack;
  let other: Stack;

  beforeAll(async () => {
    [one, other] = await Promise.all([startStack(), startStack({ headless: true })]);
  }, 120_000);
  afterAll(() => Promise.all([one.stop(), other.stop()]));

  it('have addresses of their own', () => {
    expect(one.temporal.address).not.toBe(other.temporal.address);
    expect(one.awsEndpoint).not.toBe(other.awsEndpoint);
  });

  it('deploy the examples', async () => {
    const deployed = await Promise.all([
      deploy('examples/basic.yaml', one),
      deploy('examples/multi-region.yaml', other),
      deploy('examples/container-image.yaml', other),
    ]);
    expect(deployed).toEqual([
      expect.stringContaining('1 deployed'),
      expect.stringContaining('4 deployed'),
      expect.stringContaining('2 deployed'),
    ]);
  }, 60_000);

  it('deploy an application of any name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-stack-'));
    const file = join(folder, 'my-app.yaml');
    const basic = await readFile(join(root, 'examples/basic.yaml'), 'utf8');
    const mine = basic.replace('application: potatoless-facts', 'application: my-app');
    await writeFile(file, mine.replaceAll('potatolessFacts', 'myFunction'));
    expect(await deploy(file, one)).toContain('1 deployed');
    await rm(folder, { recursive: true });
  }, 60_000);

  it('serve the Temporal UI where one is wanted', async () => {
    expect(await (await fetch(one.temporal.uiUrl!)).text()).toContain('<html');
    expect(other.temporal.uiUrl).toBeUndefined();
  });

  it('record the requests to AWS', async () => {
    const { next, requests } = await one.emulator!.requests();
    expect(requests.map(({ operation }) => operation)).toContain('PutObject');
    expect(await one.emulator!.requests(next)).toEqual({ next, requests: [] });
  });

  it('keep versions of packages where the buckets shall', async () => {
    const versioningOf = async (account: string, region: string, bucket: string) => {
      const place = awsOptions({ awsEndpoint: one.awsEndpoint, account, region });
      const s3 = new S3Client({ ...place, forcePathStyle: true });
      return (await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }))).Status;
    };
    const basic = ['111111111111', 'us-east-1', 'armory-docs-dev-us-east-1'] as const;
    const checkout = [
      '222222222222',
      'eu-west-1',
      'checkout-packages-222222222222-eu-west-1',
    ] as const;
    expect(await versioningOf(...basic)).toBeUndefined();
    expect(await versioningOf(...checkout)).toBe('Enabled');
  });

  it('stop for themselves', async () => {
    await one.stop();
    const pids = (stack: Stack) =>
      [stack.temporal, stack.emulator!, stack.worker].map(({ pid }) => pid);
    expect(pids(one).map(isAlive)).toEqual([false, false, false]);
    expect(pids(other).map(isAlive)).toEqual([true, true, true]);
  });
});

describe('a local Temporal server', () => {
  it('refuses a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(startTemporal({ port })).rejects.toThrow(
      `Port ${port} for the Temporal server is taken by another program. Choose another port`,
    );
    server.close();
  });

  it('keeps its state in a file when it is given one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-temporal-'));
    const dbFile = join(folder, 'temporal.db');
    const temporal = await startTemporal({ dbFile, headless: true });
    await temporal.stop();
    expect((await stat(dbFile)).size).toBeGreaterThan(0);
    await rm(folder, { recursive: true });
  });
});
