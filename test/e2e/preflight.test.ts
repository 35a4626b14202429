import {
  DeleteAliasCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { RecordedRequest } from '../../dev/stack/emulator.js';
import { connect, type Preflight, type Sluice } from '../../src/client.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { FunctionPlan, Plan, Step } from '../../src/domain/plan.js';
import type { FunctionPreflight, TargetPreflight } from '../../src/domain/preflight.js';
import { AwsPlace, type HeldFunction } from '../support/awsPlace.js';
import { uniqueAccount, uniqueName } from '../support/names.js';
import { plan } from '../support/plans.js';
import { System } from '../support/system.js';
import { until } from '../support/until.js';

const GUARDED = uniqueAccount();

let system: System;
let sluice: Sluice;
beforeAll(async () => {
  system = await System.start();
  await system.startWorker({
    settings: `
accounts:
  '${GUARDED}': {externalId: the-wrong-one}
roles:
  - applications: ['*']
    allow: ['arn:aws:iam::*:role/Deploy', 'arn:aws:iam::*:role/Nobody']
`,
  });
  sluice = await connect({
    address: inject('temporalAddress'),
    namespace: system.namespace,
  });
});
afterAll(async () => {
  await sluice.close();
  await system.stop();
});

const steps: Step[] = [
  { type: 'setWeight', weight: 10 },
  { type: 'setWeight', weight: 50 },
];

/** Two functions at one target: one whose traffic an alias carries, and one without. */
class Shop {
  readonly application = uniqueName('shop');
  readonly aliased = uniqueName('aliased');
  readonly plain = uniqueName('plain');
  settings: Partial<FunctionPlan['settings']> = {};

  constructor(readonly place: AwsPlace) {}

  async put(text: string): Promise<void> {
    await Promise.all([this.aliased, this.plain].map((one) => this.place.put(`${one}.zip`, text)));
  }

  get plan(): Plan {
    const functions = [
      this.place.functionPlan(this.aliased, this.settings, 'live'),
      this.place.functionPlan(this.plain, this.settings),
    ];
    const target = this.place.targetPlan('prod', functions, { strategy: 'canary' });
    return plan([target], { application: this.application, strategies: { canary: { steps } } });
  }

  get alias() {
    return { FunctionName: this.aliased, Name: 'live' };
  }

  /** Plans, then deploys, and holds what the plan said against what the API has been asked for. */
  async planAndDeploy(): Promise<Record<'aliased' | 'plain', FunctionPreflight>> {
    const wanted = this.plan;
    const before = await this.place.requests();
    const preflight = await sluice.plan({ plan: wanted });
    const afterPlan = await this.place.requests();
    expect(afterPlan.length).toBeGreaterThan(before.length);
    expect(afterPlan.slice(before.length).filter(({ mutation }) => mutation)).toEqual([]);
    const held = await this.#held();
    const outcome = await deployed(wanted);
    const requests = (await this.place.requests()).slice(afterPlan.length);
    const [target] = preflight.targets;
    expect(preflight.counts.problems).toBe(0);
    await this.#expectTrue(target!, { outcome, requests, held });
    const [aliased, plain] = target!.functions;
    return { aliased: aliased!, plain: plain! };
  }

  async #held(): Promise<(HeldFunction | undefined)[]> {
    return [await this.place.holds(this.aliased, 'live'), await this.place.holds(this.plain)];
  }

  async #expectTrue(target: TargetPreflight, came: Came): Promise<void> {
    const after = await this.#held();
    const unchanged = target.functions.every(({ change }) => change === 'unchanged');
    expect(came.outcome.status).toBe(unchanged ? 'unchanged' : 'deployed');
    target.functions.forEach((one, index) => {
      expect([one.name, one.writes]).toEqual([one.name, writesOf(one.name, came.requests)]);
      expectHeld(one, came.held[index], after[index]);
    });
  }
}

interface Came {
  outcome: TargetOutcome;
  requests: RecordedRequest[];
  /** What was there before. */
  held: (HeldFunction | undefined)[];
}

async function deployed(wanted: Plan, target = 'prod'): Promise<TargetOutcome> {
  const { application } = await sluice.start({ plan: wanted });
  await sluice.result(application);
  return system.targetOutcome(application, target);
}

function writesOf(name: string, requests: readonly RecordedRequest[]): string[] {
  const own = requests.filter(({ resource, mutation, error }) => {
    return resource === name && mutation && error === null;
  });
  return [...new Set(own.map(({ operation }) => operation))];
}

/** What the API holds afterwards is what the plan said that it would. */
function expectHeld(
  said: FunctionPreflight,
  before: HeldFunction | undefined,
  after: HeldFunction | undefined,
): void {
  expect(said.change === 'create').toBe(before === undefined);
  const serving = (held: HeldFunction | undefined): string | undefined => {
    if (held?.alias === undefined) return held?.codeSha256;
    return held.versions.find(({ version }) => version === held.alias?.version)?.codeSha256;
  };
  expect(said.code?.before ?? serving(before)).toBe(serving(before));
  expect(said.code?.after ?? serving(before)).toBe(serving(after));
  for (const { name, after: value } of said.settings) expect(after?.settings[name]).toEqual(value);
  if (said.alias === undefined) return;
  if (!said.alias.created) expect(said.alias.before).toEqual(before?.alias);
  if (said.alias.weights.length === 0) expect(after?.alias).toEqual(before?.alias);
  else expect(after?.alias?.weights).toEqual({});
}

describe('sluice deploy plan', () => {
  it('writes nothing, and says exactly what the deployment then does, whatever there is', async () => {
    const shop = new Shop(await AwsPlace.make({ versioned: true }));
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
    await until(
      'it is settled',
      async () => (await shop.place.isSettled(shop.aliased)) || undefined,
    );
    const behind = await shop.planAndDeploy();
    expect(behind.aliased.change).toBe('unchanged');
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
    await deployed(plan([place.targetPlan('prod', [first])], { application: uniqueName('shop') }));
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
