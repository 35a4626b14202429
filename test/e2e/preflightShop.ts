import { expect } from '@jest/globals';
import type { RecordedRequest } from '../../dev/stack/emulator.js';
import type { Sluice } from '../../src/client.js';
import { asShown } from '../../src/client/asShown.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { FunctionPlan, Plan, Step } from '../../src/domain/plan.js';
import type { FunctionPreflight, TargetPreflight } from '../../src/domain/preflight.js';
import type { AwsPlace, HeldFunction } from '../support/awsPlace.js';
import { uniqueName } from '../support/names.js';
import { plan } from '../support/plans.js';
import type { System } from '../support/system.js';

/** Who plans and deploys. */
export interface Deployer {
  system: System;
  sluice: Sluice;
}

export const steps: Step[] = [
  { type: 'setWeight', weight: 10 },
  { type: 'setWeight', weight: 50 },
];

/** Two functions at one target: one whose traffic an alias carries, and one without. */
export class Shop {
  readonly application = uniqueName('shop');
  readonly aliased = uniqueName('aliased');
  readonly plain = uniqueName('plain');
  settings: Partial<FunctionPlan['settings']> = {};

  constructor(
    readonly place: AwsPlace,
    private readonly deployer: Deployer,
  ) {}

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

  /**
   * Plans, then deploys, and holds what the plan said against what the API has been asked for.
   *
   * @param meanwhile - what happens before somebody says that what was shown may start
   */
  async planAndDeploy(
    meanwhile?: () => Promise<void>,
  ): Promise<Record<'aliased' | 'plain', FunctionPreflight>> {
    const wanted = this.plan;
    const before = await this.place.requests();
    const preflight = await this.deployer.sluice.plan({ plan: wanted });
    const afterPlan = await this.place.requests();
    expect(afterPlan.length).toBeGreaterThan(before.length);
    expect(afterPlan.slice(before.length).filter(({ mutation }) => mutation)).toEqual([]);
    const held = await this.#held();
    await meanwhile?.();
    const started = meanwhile === undefined ? wanted : asShown(wanted, preflight);
    const outcome = await deployed(this.deployer, started);
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

/** Deploys, and gives the outcome of the target `prod`. */
export async function deployed({ system, sluice }: Deployer, wanted: Plan): Promise<TargetOutcome> {
  const { application } = await sluice.start({ plan: wanted });
  await sluice.result(application);
  return system.targetOutcome(application, 'prod');
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
    if (held?.alias === undefined || held.alias.version === '$LATEST') return held?.codeSha256;
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
