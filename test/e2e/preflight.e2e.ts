import {
  DeleteAliasCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type Preflight, type Sluice } from '../../src/client.js';
import type { FunctionPlan } from '../../src/domain/plan.js';
import type { TargetPreflight } from '../../src/domain/preflight.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { runExample } from '../support/docsExample.js';
import { uniqueAccount, uniqueName } from '../support/names.js';
import { plan } from '../support/plans.js';
import { shared } from '../support/shared.js';
import { System } from '../support/system.js';
import { deployed, Shop, steps } from './preflightShop.js';

const example = new URL('../../examples/basic.yaml', import.meta.url);

const GUARDED = uniqueAccount();

let system: System;
let sluice: Sluice;
beforeAll(async () => {
  system = await System.withWorker({
    settings: `
accounts:
  '${GUARDED}': {externalId: the-wrong-one}
roles:
  - applications: ['*']
    allow: ['arn:aws:iam::*:role/Deploy', 'arn:aws:iam::*:role/Nobody']
`,
  });
  sluice = await connect({
    address: shared.temporalAddress,
    namespace: system.namespace,
  });
});
afterAll(async () => {
  await sluice.close();
  await system.stop();
});

describe('sluice deploy plan', () => {
  it('writes nothing, and says exactly what the deployment then does, whatever there is', async () => {
    const shop = new Shop(await AwsPlace.make({ versioned: true }), { system, sluice });
    const { lambda } = shop.place.clients;
    await shop.put('first');
    const created = await shop.planAndDeploy();
    expect(created.aliased).toMatchObject({ change: 'create', alias: { created: true } });
    expect(created.plain).toMatchObject({
      change: 'create',
      settings: [{ name: 'role' }, { name: 'handler' }, { name: 'runtime' }],
      writes: ['CreateFunction', 'PublishVersion'],
    });

    const again = await shop.planAndDeploy();
    expect(again.aliased).toMatchObject({ change: 'unchanged', servedVersion: '1', writes: [] });
    expect(again.plain).toMatchObject({ change: 'unchanged', settings: [] });

    await shop.put('second');
    const code = await shop.planAndDeploy();
    expect(code.aliased).toMatchObject({ settings: [], alias: { weights: [10, 50, 100] } });
    expect(code.plain).toMatchObject({ change: 'change', code: { before: expect.any(String) } });

    shop.settings = { memorySize: 256, environment: { AA: 'secret', BB: 'secret' } };
    const settings = await shop.planAndDeploy();
    expect(settings.plain).toMatchObject({
      settings: [{ name: 'memorySize', before: 128, after: 256 }],
      environment: { added: ['AA', 'BB'], removed: [], changed: [] },
    });
    expect(settings.plain.code).toBeUndefined();
    expect(JSON.stringify(settings)).not.toContain('secret');

    shop.settings = { memorySize: 512, timeout: 9, environment: { BB: 'other', CC: 'secret' } };
    await shop.put('third');
    const both = await shop.planAndDeploy();
    expect(both.aliased.environment).toEqual({ added: ['CC'], removed: ['AA'], changed: ['BB'] });

    shop.settings = { ...shop.settings, architectures: ['arm64'] };
    const architecture = await shop.planAndDeploy();
    expect(architecture.plain.writes).toEqual(['PublishVersion', 'UpdateFunctionCode']);

    await lambda.send(
      new UpdateAliasCommand({
        ...shop.alias,
        RoutingConfig: { AdditionalVersionWeights: { 1: 0.3 } },
      }),
    );
    const split = await shop.planAndDeploy();
    expect(split.aliased).toMatchObject({
      change: 'change',
      alias: { before: { weights: { 1: 0.3 } } },
    });
    expect(split.plain.change).toBe('unchanged');

    await lambda.send(new UpdateAliasCommand({ ...shop.alias, FunctionVersion: '$LATEST' }));
    await shop.put('fourth');
    const onLatest = await shop.planAndDeploy();
    expect(onLatest.aliased).toMatchObject({
      change: 'change',
      servedVersion: '$LATEST',
      alias: { pinnedFirst: true, before: { version: '$LATEST' } },
      writes: ['PublishVersion', 'UpdateAlias', 'UpdateFunctionCode'],
      warnings: [{ code: 'aliasOnLatest' }],
    });

    await lambda.send(new DeleteAliasCommand(shop.alias));
    const missing = await shop.planAndDeploy();
    expect(missing.aliased).toMatchObject({
      change: 'change',
      alias: { created: true, weights: [100] },
      writes: ['PublishVersion', 'CreateAlias'],
    });

    // Behind the alias, so that it serves what the plan says all the same.
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: shop.aliased, MemorySize: 999 }),
    );
    await shop.place.settled(shop.aliased);
    const behind = await shop.planAndDeploy();
    expect(behind.aliased.change).toBe('unchanged');

    await shop.put('shown');
    const shown = await shop.planAndDeploy(() => shop.put('unseen'));
    expect([shown.aliased.change, shown.plain.change]).toEqual(['change', 'change']);
  }, 120_000);
});

describe('what sluice deploy plan finds', () => {
  it('is what each target of the deployment then fails with, and nothing is written', async () => {
    const place = await AwsPlace.make();
    const elsewhere = await AwsPlace.make({ account: place.account, region: 'eu-west-1' });
    const third = await AwsPlace.make({ account: place.account, region: 'eu-west-2' });
    const guarded = await AwsPlace.make({ account: GUARDED, externalId: 'the-right-one' });
    const name = uniqueName('orders');
    await place.put(`${name}.zip`, 'first');
    const first = place.functionPlan(name, {}, 'live');
    await deployed(
      { system, sluice },
      plan([place.targetPlan('prod', [first])], { application: uniqueName('shop') }),
    );
    await elsewhere.putBytes('broken.zip', new TextEncoder().encode('no zip file'));
    await elsewhere.putBytes('empty.zip', EMPTY_ZIP);
    const otherRole = `arn:aws:iam::${place.account}:role/Deploy`;
    const at = (key: string): FunctionPlan => ({
      ...elsewhere.functionPlan(uniqueName('orders')),
      package: { bucket: elsewhere.bucket, key },
    });
    const changedRole = { ...first.settings, role: otherRole };
    const targets = [
      place.targetPlan('split', [{ ...first, settings: changedRole }], { strategy: 'canary' }),
      place.targetPlan('missing', [place.functionPlan(uniqueName('nothing'))]),
      place.targetPlan('region', [third.functionPlan(name)]),
      elsewhere.targetPlan('broken', [at('broken.zip')]),
      elsewhere.targetPlan('empty', [at('empty.zip')]),
      guarded.targetPlan('guarded', [guarded.functionPlan(name)]),
      place.targetPlan('nobody', [first], {
        deployRoleArn: `arn:aws:iam::${place.account}:role/Nobody`,
      }),
      place.targetPlan('forbidden', [first], {
        deployRoleArn: `arn:aws:iam::${place.account}:role/Other`,
      }),
      place.targetPlan('dependent', [first], { dependsOn: ['missing'] }),
    ];
    const wanted = plan(targets, {
      application: uniqueName('shop'),
      strategies: { canary: { steps }, allAtOnce: { steps: [] } },
    });
    const before = await place.writes();
    const preflight = await sluice.plan({ plan: wanted });
    expect([await place.writes(), await elsewhere.writes(), await guarded.writes()]).toEqual([
      before,
      [],
      [],
    ]);
    const said = Object.fromEntries(preflight.targets.map((one) => [one.target, codesOf(one)]));
    expect(said).toEqual({
      split: expect.arrayContaining(['splitImpossible', 'settingsRejected']),
      missing: ['packageNotFound'],
      region: ['packageInOtherRegion'],
      broken: ['packageRejected'],
      empty: ['packageRejected'],
      guarded: ['roleNotAssumable'],
      nobody: ['roleNotAssumable'],
      forbidden: ['roleNotAllowed'],
      dependent: ['dependencyFailed'],
    });
    const { application } = await sluice.start({ plan: wanted });
    const outcome = await sluice.result(application);
    for (const { target = '', code } of outcome.failures) expect(said[target]).toContain(code);
    expect(outcome.failures).toHaveLength(targets.length);
  }, 90_000);

  it('is a role that Lambda may not use, and one that does not exist', async () => {
    const place = await AwsPlace.make();
    const name = uniqueName('orders');
    await place.put(`${name}.zip`, 'first');
    const functions = ['Deploy', 'Nobody'].map((role) => ({
      ...place.functionPlan(name, { role: `arn:aws:iam::${place.account}:role/${role}` }),
      name: uniqueName(role),
    }));
    const preflight = await planOf(place, functions);
    expect(problemsOf(preflight)).toEqual([
      ['settingsRejected', expect.stringContaining('its trust policy does not name lambda')],
      ['settingsRejected', expect.stringContaining('does not exist')],
    ]);
  });
});

describe('the command', () => {
  it('tells by its exit code whether something would change, and whether it would fail', async () => {
    const place = await AwsPlace.make();
    const [application, functionName] = [uniqueName('shop'), uniqueName('orders')];
    await place.put(`${functionName}.zip`, 'first');
    const target = { name: 'prod', place, functionName };
    const file = await system.file(`${application}.yaml`, deploymentFile(application, [target]));
    const run = (...args: string[]) => system.run(['deploy', 'plan', '-f', file, ...args]);
    const first = await run();
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toContain(`  + ${functionName}  would be created\n`);
    const other = await run('--detailed-exitcode', '-n', 'other');
    expect(other).toMatchObject({ exitCode: 8, stdout: expect.stringMatching(/^other {2}what/) });
    await sluice.start({ file });
    await sluice.result(application);
    const json = await run('--detailed-exitcode', '--dry-run-code', '-o', 'json');
    expect(json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      type: 'preflight',
      preflight: { application, counts: { unchanged: 1, problems: 0 } },
      exitCode: 0,
    });
    const gone = deploymentFile(application, [{ ...target, functionName: 'gone' }]);
    await system.file(`${application}.yaml`, gone);
    const failing = await run('--detailed-exitcode');
    expect(failing.exitCode).toBe(4);
    expect(failing.stdout).toContain('[packageNotFound]');
    const started = await system.run(['deploy', 'start', '-f', file, '--plan-first']);
    expect(started.exitCode).toBe(2);
    expect(started.stderr).toContain('asks a person at a terminal');
  });

  it.each([
    [['deploy', 'plan'], "required option '-f, --file <file>' not specified"],
    [['deploy', 'plan', '-f', 'nowhere.yaml'], 'nowhere.yaml'],
  ])('refuses nonsense with a sentence: %j', async (args, said) => {
    const { exitCode, stdout, stderr } = await system.run(args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(new RegExp(said, 'i'));
    expect(stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
  });

  it('says so when no worker answers', async () => {
    const alone = await System.start();
    const file = await alone.file('deploy.yaml', await readFile(example, 'utf8'));
    const { exitCode, stderr } = await alone.run(['deploy', 'plan', '-f', file]);
    expect([exitCode, stderr]).toEqual([
      7,
      expect.stringContaining('Start one with: sluice worker'),
    ]);
    await alone.stop();
  });
});

describe('docs/planning.md', () => {
  it('has commands that do what it says', async () => {
    const place = await AwsPlace.make();
    await place.put('orders.zip', 'first');
    const target = { name: 'prod', place, functionName: 'orders' };
    const application = uniqueName('shop');
    const content = deploymentFile(application, [target]);
    const folder = dirname(await system.file('deploy.yaml', content));
    const page = await readFile(new URL('../../docs/planning.md', import.meta.url), 'utf8');
    const blocks = [...page.matchAll(/^```(sh|ts)\n(.*?)^```$/gms)];
    expect(blocks.map(([, language]) => language)).toEqual(['sh', 'sh', 'ts', 'sh']);
    for (const [, language = '', text = ''] of blocks) {
      const ran = await runExample(folder, { language, text }, system.environment);
      expect({ text, ...ran }).toMatchObject({ text, exitCode: 0 });
      if (text.includes('temporal')) expect(ran.stdout).toContain('"counts"');
    }
    await sluice.result(application);
    expect(await place.holds('orders')).toBeDefined();
  });
});

async function planOf(place: AwsPlace, functions: FunctionPlan[]): Promise<Preflight> {
  const wanted = plan([place.targetPlan('prod', functions)], { application: uniqueName('shop') });
  return sluice.plan({ plan: wanted });
}

function problemsOf({ targets }: Preflight): unknown[] {
  return targets.flatMap(({ functions }) =>
    functions.flatMap(({ problems }) => problems.map(({ code, message }) => [code, message])),
  );
}

function codesOf({ problems, functions }: TargetPreflight): string[] {
  return [...problems, ...functions.flatMap((one) => one.problems)].map(({ code }) => code);
}

/** The record at the end of a zip file, without any file before it. */
const EMPTY_ZIP = Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)]);
