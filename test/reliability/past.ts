import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { connect, type Sluice } from '../../src/client.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { Plan } from '../../src/domain/plan.js';
import type { HeldFunction } from '../support/awsPlace.js';
import { startNow } from '../support/startNow.js';
import { expectInvariants } from './invariants.js';
import { Scene } from './scene.js';
import type { ShapeName } from './shapes.js';
import type { Stage } from './stage.js';

/** How to go back from a deployment that has ended: what was live before it, or the first again. */
export type WayBack = 'rollback' | 'redeploy';

/** Deployments that have ended, and the way back from the last of them. */
export class Past {
  /** What the functions were before the first deployment and after each. */
  readonly #times: (HeldFunction | undefined)[][] = [];
  /** Of the deployments. */
  readonly #runIds: string[] = [];
  #writesBefore = 0;

  private constructor(
    private readonly stage: Stage,
    private readonly sluice: Sluice,
    readonly scene: Scene,
    private readonly plan: Plan,
  ) {}

  /**
   * @param stem - names that a fault can be told apart by begin with it
   * @param deployments - how many there have been, each with code and settings of its own
   */
  static async make(
    stage: Stage,
    shape: ShapeName,
    stem: string,
    deployments: number,
  ): Promise<Past> {
    const scene = await Scene.make(shape, stem);
    const sluice = await connect(stage.system.temporal);
    const plan = scene.plan({}, [{ type: 'setWeight', weight: 100 }]);
    const past = new Past(stage, sluice, scene, plan);
    past.#times.push(await past.#held());
    for (let count = 1; count <= deployments; count += 1) await past.#deploy(count);
    past.#writesBefore = (await scene.place.writes()).length;
    return past;
  }

  /** Begins to go back; no other start of the application is in its way. */
  async goBack(way: WayBack): Promise<void> {
    const { application } = this.plan;
    const [runId = ''] = this.#runIds;
    if (way === 'rollback') await this.sluice.restore(application);
    else await this.sluice.redeploy(application, { runId });
  }

  /** Takes the way back itself back. */
  async takeBack(): Promise<void> {
    await this.stage.deployment(this.plan).signal('rollback');
  }

  ended(): Promise<TargetOutcome> {
    return this.stage.ended(this.plan);
  }

  /** Everything is as the way back promises, and nothing else has been written. */
  async expectBack(way: WayBack, requests = { arriveLate: false }): Promise<void> {
    const now = await this.#held();
    if (way === 'rollback') expect(now.map(stateOf)).toEqual(this.#givenBack());
    else expect(now.map(served)).toEqual(this.#times[1]?.map(served));
    expect(await this.#writes()).toEqual(this.#writesOf(way));
    expect(now.map(versionsOf)).toEqual(this.#versionsAfter(way));
    await this.#expectProvisioned(now);
    await expectInvariants(this.scene, requests);
  }

  /** What an alias serves has what the deployments gave to its version, and nothing else has any. */
  async #expectProvisioned(now: readonly (HeldFunction | undefined)[]): Promise<void> {
    const { place, names, functions } = this.scene;
    const provisioned = await Promise.all(names.map((name) => place.provisioned(name)));
    const wanted = functions.map(({ provisionedConcurrency: environments }, index) =>
      environments === undefined ? {} : { [now[index]?.alias?.version ?? '']: environments },
    );
    expect(provisioned).toEqual(wanted);
  }

  /** Everything is as the last deployment had left it. */
  async expectAsLeft(): Promise<void> {
    expect((await this.#held()).map(stateOf)).toEqual(this.#times.at(-1)?.map(stateOf));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.sluice.close();
  }

  /** Deploys what lies in S3 with other settings than before, and overwrites it afterwards. */
  async #deploy(count: number): Promise<void> {
    const [target] = this.plan.targets;
    const functions = (target?.functions ?? []).map((one) => ({
      ...one,
      settings: { ...one.settings, memorySize: 256 * count },
    }));
    const targets = [{ ...target!, functions }];
    const plan = { ...this.plan, deploymentId: randomUUID(), targets };
    const { runId } = await startNow(this.sluice, { plan });
    expect(await this.ended()).toMatchObject({ status: 'deployed', warnings: [] });
    this.#runIds.push(runId);
    this.#times.push(await this.#held());
    const { place, names } = this.scene;
    await Promise.all(names.map((name) => place.put(`${name}.zip`, `newer than ${count}`)));
  }

  #held(): Promise<(HeldFunction | undefined)[]> {
    const { place, functions } = this.scene;
    return Promise.all(functions.map(({ name, alias }) => place.holds(name, alias)));
  }

  /** An alias alone is given back; without one it is the code and the settings. */
  #givenBack() {
    const [before, left] = this.#times.slice(-2);
    return this.scene.functions.map(({ alias }, index) => {
      const [was, is] = [stateOf(before?.[index]), stateOf(left?.[index])];
      if (alias !== undefined) return { ...is, alias: was?.alias };
      // Versions do not keep the description of their function.
      const { Description } = is?.settings ?? {};
      return was && { ...was, settings: { ...was.settings, Description } };
    });
  }

  /** An alias alone needs none that is new; everything else is published once. */
  #versionsAfter(way: WayBack): number[] {
    return this.scene.functions.map(({ alias }, index) => {
      const isContent = way === 'redeploy' || alias === undefined;
      return versionsOf(this.#times.at(-1)?.[index]) + (isContent ? 1 : 0);
    });
  }

  /** By function. AWS answers to a version that is published again with the one that is there. */
  async #writes(): Promise<Record<string, string[]>> {
    const requests = await this.scene.place.requests();
    const written = requests
      .filter(({ mutation, error }) => mutation && error === null)
      .slice(this.#writesBefore)
      .filter(({ operation }) => operation !== 'PublishVersion');
    const entries = this.scene.names.map((name) => [
      name,
      written.filter(({ resource }) => resource === name).map(({ operation }) => operation),
    ]);
    return Object.fromEntries(entries) as Record<string, string[]>;
  }

  #writesOf(way: WayBack): Record<string, string[]> {
    const content = ['UpdateFunctionConfiguration', 'UpdateFunctionCode'];
    const entries = this.scene.functions.map(({ name, alias, provisionedConcurrency }) => {
      const traffic = alias === undefined ? [] : ['UpdateAlias'];
      const isContent = way === 'redeploy' || alias === undefined;
      const around = (operation: string): string[] =>
        provisionedConcurrency === undefined ? [] : [operation];
      return [
        name,
        [
          ...(isContent ? content : []),
          ...around('PutProvisionedConcurrencyConfig'),
          ...traffic,
          ...around('DeleteProvisionedConcurrencyConfig'),
        ],
      ];
    });
    return Object.fromEntries(entries) as Record<string, string[]>;
  }
}

function stateOf(held: HeldFunction | undefined) {
  if (held === undefined) return undefined;
  const { codeSha256, settings, alias } = held;
  return { codeSha256, settings, alias };
}

const versionsOf = (held: HeldFunction | undefined): number => held?.versions.length ?? 0;

/** What a function does, whatever the number of the version is that does it. */
function served(held: HeldFunction | undefined) {
  if (held === undefined) return undefined;
  const { codeSha256, settings, alias, versions } = held;
  const serves = versions.find(({ version }) => version === alias?.version)?.codeSha256;
  return { codeSha256, settings, serves, weights: alias?.weights };
}
