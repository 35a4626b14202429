import {
  CreateAliasCommand,
  CreateFunctionCommand,
  InvokeCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import { deploymentWorkflowId } from '../../src/domain/names.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { System } from '../support/system.js';

let system: System;
beforeAll(async () => {
  system = await System.withWorker();
});
afterAll(async () => {
  await system.stop();
});

/** A function made by hand, whose alias `live` serves `$LATEST`, and a file that deploys it. */
class ByHand {
  readonly application = uniqueName('shop');
  readonly name = uniqueName('orders');

  private constructor(readonly place: AwsPlace) {}

  static async make(): Promise<ByHand> {
    const one = new ByHand(await AwsPlace.make());
    const { place, name } = one;
    const { lambda } = place.clients;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Role: place.executionRoleArn,
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Code: { ZipFile: zipOf({ 'index.js': `exports.handler = async () => 'old';` }) },
      }),
    );
    await place.settled(name);
    await lambda.send(new PublishVersionCommand({ FunctionName: name }));
    const alias = { FunctionName: name, Name: 'live', FunctionVersion: '$LATEST' };
    await lambda.send(new CreateAliasCommand(alias));
    await place.put(`${name}.zip`, 'new');
    return one;
  }

  /** Somebody has to approve before anything is shifted. */
  async file(): Promise<string> {
    const { application, place, name } = this;
    const target = { name: 'prod', place, functionName: name, alias: 'live', strategy: 'careful' };
    const steps = [{ pause: { untilApproved: true } }, { setWeight: { weight: 10 } }];
    const strategies = { careful: { canary: { steps } } };
    return system.file('deploy.yaml', deploymentFile(application, [target], { strategies }));
  }

  async startedAndWaiting(): Promise<void> {
    expect(await system.run(['deploy', 'start', '-f', await this.file()])).toMatchObject({
      exitCode: 0,
    });
    const { workflow } = system.client;
    await untilOpen(workflow.getHandle(deploymentWorkflowId(this.application)), 'prod/steps/1');
  }

  run(...args: string[]) {
    return system.run(['deploy', ...args, '-n', this.application]);
  }

  /** What twenty invocations by the alias are answered with. */
  async answers(): Promise<string[]> {
    const invoke = new InvokeCommand({ FunctionName: this.name, Qualifier: 'live' });
    const said = new Set<string>();
    for (let count = 0; count < 20; count += 1) {
      const { Payload } = await this.place.clients.lambda.send(invoke);
      said.add(JSON.parse(Buffer.from(Payload ?? []).toString()) as string);
    }
    return [...said];
  }

  async alias() {
    return (await this.place.holds(this.name, 'live'))?.alias;
  }
}

describe('an alias that somebody has pointed at $LATEST', () => {
  it('serves the old code until somebody approves, then the new, and can be given back', async () => {
    const one = await ByHand.make();
    const writes = await one.place.writes();
    const plan = await system.run(['deploy', 'plan', '-f', await one.file()]);
    expect(plan).toMatchObject({ exitCode: 0, stderr: '' });
    expect(plan.stdout).toContain(`${one.name}  would change (serves $LATEST)`);
    expect(plan.stdout).toContain('live: $LATEST → a version of what it is now → 10 %, 100 %');
    expect(plan.stdout).toContain(`! Alias live of ${one.name} serves $LATEST`);
    expect(await one.place.writes()).toEqual(writes);

    await one.startedAndWaiting();
    expect((await one.run('status')).stdout).toContain('0 % on version 2, 100 % on version 1');
    expect(await one.alias()).toEqual({ version: '1', weights: {} });
    expect(await one.answers()).toEqual(['old']);

    await one.run('approve');
    expect(await system.outcome(one.application)).toMatchObject({ status: 'succeeded' });
    expect(await one.alias()).toEqual({ version: '2', weights: {} });
    expect(await one.answers()).toEqual(['new']);

    expect((await one.run('rollback', '--watch')).exitCode).toBe(0);
    expect(await one.alias()).toEqual({ version: '1', weights: {} });
    expect(await one.answers()).toEqual(['old']);
  });

  it('serves $LATEST again when somebody rejects, with the old code', async () => {
    const one = await ByHand.make();
    const before = await one.place.holds(one.name, 'live');
    await one.startedAndWaiting();
    await one.run('reject');
    expect(await system.outcome(one.application)).toMatchObject({ counts: { rolledBack: 1 } });
    expect(await one.alias()).toEqual({ version: '$LATEST', weights: {} });
    expect((await one.place.holds(one.name, 'live'))?.codeSha256).toBe(before?.codeSha256);
    expect(await one.answers()).toEqual(['old']);
  });
});
