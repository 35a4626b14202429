import { createHash, createHmac } from 'node:crypto';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awsOptions, WORKER_ACCOUNT } from '../../dev/stack/awsOptions.js';
import { deploymentWorkflowId, targetWorkflowId } from '../../src/domain/names.js';
import type { RunningProgram } from '../../src/local/processes.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile, type FileTarget } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { shared } from '../support/shared.js';
import { everythingStored } from '../support/stored.js';
import { System } from '../support/system.js';

const region = 'eu-west-1';
const prefix = uniqueName('sluice/');

/** One that somebody who wants to know it would try first. */
const VALUE = 'sunshine7';
const ROTATED = 'moonlight8';
const URL = 'postgres://app:{{secrets.orders-db}}@host/db';
const filledWith = (value: string) => ({ DATABASE_URL: `postgres://app:${value}@host/db` });

let system: System;
let worker: RunningProgram;
let manager: SecretsManagerClient;
beforeAll(async () => {
  const { awsEndpoint } = shared;
  manager = new SecretsManagerClient(awsOptions({ awsEndpoint, account: WORKER_ACCOUNT, region }));
  await keep('orders-db', VALUE);
  await keep('large', 'x'.repeat(4096));
  await keep('private', 'of another application');
  system = await System.start();
  worker = await system.startWorker({
    settings: `
secrets:
  from: [{awsSecretsManager: {region: ${region}, prefix: ${prefix}}}]
  rules: [{applications: ['*'], allow: [orders-db, large, missing]}]
`,
  });
});
afterAll(async () => {
  await system.stop();
  manager.destroy();
});

async function keep(name: string, SecretString: string): Promise<void> {
  await manager.send(new CreateSecretCommand({ Name: `${prefix}${name}`, SecretString }));
}

async function rotate(SecretString: string): Promise<void> {
  await manager.send(new PutSecretValueCommand({ SecretId: `${prefix}orders-db`, SecretString }));
}

/** A function at a place of its own, and the file that deploys it. */
async function shop(options: Record<string, unknown>, more: Partial<FileTarget> = {}) {
  const place = await AwsPlace.make();
  const [application, name] = [uniqueName('shop'), uniqueName('orders')];
  const target: FileTarget = { name: 'prod', place, functionName: name, ...more };
  await place.put(`${name}.zip`, 'first');
  return {
    place,
    application,
    name,
    fileWith: (changes = options) => deploymentFile(application, [{ ...target, options: changes }]),
    environment: async () => (await place.holds(name))?.settings['environment'],
  };
}

const hasHash = (stored: string, salts: readonly string[], value: string): string[] =>
  salts.flatMap((salt) =>
    ['hex', 'base64', 'base64url'].flatMap((form) => {
      const as = form as 'hex' | 'base64' | 'base64url';
      const digests = ['', '\0', ':'].flatMap((between) => [
        createHash('sha256').update(`${salt}${between}${value}`).digest(as),
        createHash('sha256').update(`${value}${between}${salt}`).digest(as),
        createHmac('sha256', salt).update(`DATABASE_URL${between}${value}`).digest(as),
        createHmac('sha256', salt).update(`orders-db${between}${value}`).digest(as),
      ]);
      return digests.filter((digest) => stored.includes(digest.slice(0, 16)));
    }),
  );

describe('an environment with a secret', () => {
  it('reaches the function, and nobody else: no plan, status, log or history', async () => {
    const { application, fileWith, environment } = await shop({
      environment: { DATABASE_URL: URL },
    });
    const file = await system.file('deploy.yaml', fileWith());
    const planned = await system.run(['deploy', 'plan', '-f', file]);
    expect(planned).toMatchObject({ exitCode: 0 });
    expect(planned.stdout).toContain('DATABASE_URL');
    const started = await system.run(['deploy', 'start', '-f', file, '--watch']);
    expect(started.exitCode).toBe(0);
    expect(await environment()).toEqual(filledWith(VALUE));
    const again = await system.run(['deploy', 'plan', '-f', file, '--detailed-exitcode']);
    expect(again.exitCode).toBe(0);
    const status = await system.run(['deploy', 'status', '-n', application, '-o', 'json']);
    const details = await Promise.all(
      [deploymentWorkflowId(application), targetWorkflowId(application, 'prod')].map((id) =>
        system.client.workflow.getHandle(id).query('__temporal_workflow_metadata'),
      ),
    );
    const stored = await everythingStored(system.client);
    const told = [planned, started, again, status].map(({ stdout, stderr }) => stdout + stderr);
    expect(stored).toContain('"DATABASE_URL":"(wanted)"');
    const everything = [stored, JSON.stringify(details), worker.printed(), ...told].join('\n');
    expect(everything).not.toContain(VALUE);
    const words = new Set(stored.match(/[\w.-]{4,}/g));
    const { DATABASE_URL } = filledWith(VALUE);
    const salts = ['', ...words];
    expect([VALUE, DATABASE_URL].flatMap((value) => hasHash(stored, salts, value))).toEqual([]);
  });

  it('gets the value of the day when it is deployed again, and of its version when it is rolled back', async () => {
    const { application, fileWith, environment } = await shop({
      environment: { DATABASE_URL: URL },
    });
    expect((await system.deploy(fileWith())).exitCode).toBe(0);
    const { deploymentId } = await system.outcome(application);
    await rotate(ROTATED);
    const run = await system.run([
      'deploy',
      'redeploy',
      '-i',
      deploymentId,
      '-n',
      application,
      '-w',
    ]);
    expect(run.exitCode).toBe(0);
    expect(await environment()).toEqual(filledWith(ROTATED));
    await rotate('of an even later day');
    const back = await system.run(['deploy', 'rollback', '-n', application, '--watch']);
    await rotate(VALUE);
    expect(back.exitCode).toBe(0);
    expect(await environment()).toEqual(filledWith(VALUE));
  });

  it.each([
    ['is not there', 'KEY', 'missing', 'There is no secret missing.'],
    ['is not allowed', 'KEY', 'private', 'do not let'],
    ['is too large', 'KEY', 'large', 'With its secrets filled in (KEY from large)'],
  ])(
    'keeps the function as it is where a secret %s, as its plan says',
    async (_, variable, secret, said) => {
      const { place, name, fileWith } = await shop({
        environment: { [variable]: `{{secrets.${secret}}}` },
      });
      const file = await system.file('deploy.yaml', fileWith());
      const planned = await system.run(['deploy', 'plan', '-f', file]);
      expect(planned.exitCode).toBe(4);
      expect(planned.stdout + planned.stderr).toContain(said);
      const ran = await system.run(['deploy', 'start', '-f', file, '--watch']);
      expect(ran.exitCode).toBe(4);
      for (const text of [said, variable]) expect(ran.stdout + ran.stderr).toContain(text);
      expect(await place.holds(name)).toBeUndefined();
      expect(await place.writes()).toEqual([]);
    },
  );
});

describe('a secret that is replaced while a deployment runs', () => {
  it.each(['approve', 'rollback'])('changes nothing of it, and it says so (%s)', async (verb) => {
    const first = await shop({});
    const second = await shop({});
    const { application } = first;
    await system.deploy(first.fileWith());
    const target = { name: 'first', place: first.place, functionName: first.name };
    const options = { environment: { DATABASE_URL: URL } };
    const file = deploymentFile(
      application,
      [
        { ...target, options, strategy: 'asks' },
        {
          name: 'second',
          place: second.place,
          functionName: second.name,
          options,
          dependsOn: ['first'],
        },
      ],
      {
        strategies: {
          asks: {
            canary: {
              steps: [{ setWeight: 50 }, { pause: { untilApproved: true } }, { setWeight: 100 }],
            },
          },
          allAtOnce: { canary: { steps: [{ setWeight: 100 }] } },
        },
      },
    );
    const path = await system.file('deploy.yaml', file);
    expect((await system.run(['deploy', 'start', '-f', path])).exitCode).toBe(0);
    const handle = system.client.workflow.getHandle(deploymentWorkflowId(application));
    await untilOpen(handle, 'first/steps/2');
    expect(await first.environment()).toEqual(filledWith(VALUE));
    await rotate(ROTATED);
    await handle.signal(verb);
    const { status } = await system.outcome(application);
    await rotate(VALUE);
    const { warnings } = await system.targetOutcome(application, 'first');
    expect(warnings).toEqual([]);
    if (verb === 'rollback') {
      expect(status).toBe('rolledBack');
      expect(await first.environment()).toEqual({});
      return;
    }
    expect(status).toBe('succeeded');
    expect(await first.environment()).toEqual(filledWith(VALUE));
    expect(await second.environment()).toEqual(filledWith(VALUE));
    expect((await system.targetOutcome(application, 'second')).warnings).toMatchObject([
      { code: 'secretReplaced', function: second.name },
    ]);
  });
});
