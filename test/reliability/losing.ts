import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteLayerVersionCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import type { WorkflowHandle } from '@temporalio/client';
import { expect } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { FunctionSettings, Plan, Step, TargetPlan } from '../../src/domain/plan.js';
import type { TargetProgress } from '../../src/domain/status.js';
import { AwsPlace, type HeldFunction } from '../support/awsPlace.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { plan } from '../support/plans.js';
import { until } from '../support/until.js';
import { UNTIL_APPROVED, type Stage } from './stage.js';

const ALIAS = 'live';

export interface Losable {
  alias?: boolean;
  /** Whether what is there came from a package of an earlier deployment, as version 2. */
  deployed?: boolean;
  /** Whether the deployment waits after its promotion, and not before. */
  promoted?: boolean;
  /** What the deployment changes beside the code, the memory and the layers. */
  settings?: Partial<FunctionSettings>;
}

/** A deployment that waits for a person, while somebody deletes what its rollback needs. */
export class Losing {
  /** What was live before. */
  before!: HeldFunction;
  #plan!: Plan;

  private constructor(
    private readonly stage: Stage,
    readonly place: AwsPlace,
    readonly name: string,
    /** Two versions of a layer: the function has the first, and the deployment gives it the second. */
    private readonly layers: readonly [string, string],
    private readonly alias: string | undefined,
  ) {}

  static async make(stage: Stage, options: Losable): Promise<Losing> {
    const place = await AwsPlace.make({ versioned: true });
    const name = uniqueName('losing');
    const layers = [await layer(place, name), await layer(place, name)] as const;
    const alias = options.alias === true ? ALIAS : undefined;
    const losing = new Losing(stage, place, name, layers, alias);
    await losing.#create();
    if (options.deployed === true) await losing.#deployFirst();
    losing.before = await losing.held();
    await losing.#deploy(options);
    return losing;
  }

  get target(): WorkflowHandle {
    return this.stage.target(this.#plan);
  }

  /** What the API holds. */
  async held(): Promise<HeldFunction> {
    const held = await this.place.holds(this.name, this.alias);
    if (held === undefined) throw new Error(`${this.name} is gone`);
    return held;
  }

  async deleteVersion(version: string): Promise<void> {
    const { lambda } = this.place.clients;
    await lambda.send(new DeleteFunctionCommand({ FunctionName: this.name, Qualifier: version }));
  }

  async deleteLayer(): Promise<void> {
    const [arn] = this.layers;
    const [LayerName, VersionNumber] = arn.split(':').slice(-2);
    await this.place.clients.lambda.send(
      new DeleteLayerVersionCommand({ LayerName, VersionNumber: Number(VersionNumber) }),
    );
  }

  async takeBack(): Promise<TargetOutcome> {
    await this.target.signal('rollback');
    return this.stage.ended(this.#plan);
  }

  /** @returns what keeps it */
  async takeBackUntilStuck(): Promise<TargetProgress['problems']> {
    await this.target.signal('rollback');
    return until('the rollback was stuck', async () => {
      const { phase, problems } = await this.target.query<TargetProgress>('status');
      return phase === 'rollbackStuck' ? problems : undefined;
    });
  }

  async abandon(): Promise<TargetOutcome> {
    await this.target.signal('abandon');
    return this.stage.ended(this.#plan);
  }

  async retry(): Promise<TargetOutcome> {
    await this.target.signal('retry');
    return this.stage.ended(this.#plan);
  }

  /** What the outcome says is live is what AWS holds. */
  async expectToldAsItIs({ functions: [told] }: TargetOutcome): Promise<void> {
    const { alias, codeSha256, versions } = await this.held();
    const served = versions.find(({ version }) => version === alias?.version)?.codeSha256;
    expect(told?.codeSha256).toBe(this.alias === undefined ? codeSha256 : served);
    if (this.alias !== undefined) expect(told?.version).toBe(alias?.version);
  }

  async #create(): Promise<void> {
    const { lambda } = this.place.clients;
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: this.name,
        Role: this.place.executionRoleArn,
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Layers: [this.layers[0]],
        Environment: { Variables: { MODE: 'before' } },
        Code: { ZipFile: zipOf({ 'index.js': `exports.handler = async () => 'old';` }) },
      }),
    );
    await this.place.settled(this.name);
    await lambda.send(new PublishVersionCommand({ FunctionName: this.name }));
    if (this.alias === undefined) return;
    await lambda.send(
      new CreateAliasCommand({ FunctionName: this.name, Name: ALIAS, FunctionVersion: '1' }),
    );
  }

  async #deployFirst(): Promise<void> {
    const first = await this.#planOf('first', { memorySize: 192 }, [], {});
    await this.stage.start(first);
    expect(await this.stage.ended(first)).toMatchObject({ status: 'deployed', warnings: [] });
  }

  async #deploy({ promoted = false, settings = {} }: Losable): Promise<void> {
    const weight = this.alias === undefined || promoted ? 100 : 25;
    const steps: Step[] = [{ type: 'setWeight', weight }];
    if (!promoted) steps.push({ type: 'approval' });
    const changes = { memorySize: 256, layers: [this.layers[1]], ...settings };
    this.#plan = await this.#planOf('rejected', changes, steps, promoted ? UNTIL_APPROVED : {});
    await this.stage.start(this.#plan);
    await untilOpen(this.target, promoted ? 'prod/after/1' : 'prod/steps/2');
  }

  async #planOf(
    text: string,
    settings: Partial<FunctionSettings>,
    steps: Step[],
    changes: Partial<TargetPlan>,
  ): Promise<Plan> {
    await this.place.put(`${this.name}.zip`, text);
    const functions = [this.place.functionPlan(this.name, settings, this.alias)];
    const target = this.place.targetPlan('prod', functions, { strategy: 'waits', ...changes });
    const atOnce: Step[] = [{ type: 'setWeight', weight: 100 }];
    const strategies = { waits: { steps: steps.length === 0 ? atOnce : steps } };
    return plan([target], { application: uniqueName('shop'), strategies });
  }
}

async function layer(place: AwsPlace, name: string): Promise<string> {
  const ZipFile = zipOf({ 'tool.js': `exports.made = '${uniqueName('tool')}';` });
  const command = new PublishLayerVersionCommand({ LayerName: name, Content: { ZipFile } });
  const { LayerVersionArn = '' } = await place.clients.lambda.send(command);
  return LayerVersionArn;
}
