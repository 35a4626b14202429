import { CreateAliasCommand, GetAliasCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { FunctionSnapshot } from '../../src/domain/functions.js';
import type { LatestRun } from '../../src/domain/queue.js';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction, latest, publish } from '../support/existingFunction.js';

const ALIAS = 'live';
const WRITTEN = 'what customers get';

let run: Run;
beforeAll(() => {
  run = activityBench();
});

/** A function with two versions and an alias on the first, whose description people have written. */
class Split {
  private constructor(
    readonly existing: ExistingFunction,
    readonly second: string,
    public revisionId: string,
  ) {}

  static async ready(description = WRITTEN): Promise<Split> {
    const existing = await ExistingFunction.make();
    const { access, name, place, version } = existing;
    const { revisionId } = await latest(existing);
    await run('updateSettings', { ...access, revisionId, settings: { memorySize: 256 } });
    const second = await publish(access, await latest(existing), 'second');
    const { RevisionId = '' } = await place.clients.lambda.send(
      new CreateAliasCommand({
        FunctionName: name,
        Name: ALIAS,
        FunctionVersion: version,
        Description: description,
      }),
    );
    return new Split(existing, second.version.version, RevisionId);
  }

  /** Gives the second version a share, as the deployment that the access is of. */
  async shift(weight: number, access = this.existing.access): Promise<void> {
    const weights = weight === 0 ? {} : { [this.second]: weight };
    const { result, state } = await run('updateAlias', {
      ...access,
      alias: ALIAS,
      shape: { version: this.existing.version, weights },
      ...(weight > 0 && { split: true }),
      revisionId: this.revisionId,
    });
    expect(result).toBe('done');
    this.revisionId = state.revisionId;
  }

  async description(): Promise<string | undefined> {
    const { name, place } = this.existing;
    const command = new GetAliasCommand({ FunctionName: name, Name: ALIAS });
    return (await place.clients.lambda.send(command)).Description;
  }

  /** The function as another deployment finds it. */
  async seenBy(
    other: { application?: string; target?: string },
    found?: Pick<LatestRun, 'isOpen'>,
  ): Promise<{ snapshot: FunctionSnapshot; asked: string[] }> {
    const asked: string[] = [];
    const look = activityBench({
      latestRun: (workflowId) => {
        asked.push(workflowId);
        return Promise.resolve(found && { runId: 'r', startedAt: '2026-05-04', ...found });
      },
    });
    const { access, name, place, first } = this.existing;
    const plan = place.functionPlan(name, {}, ALIAS);
    const input = { ...access, deploymentId: 'another', ...other, plan, package: first };
    return { snapshot: (await look('inspectFunction', input)).snapshot, asked };
  }
}

describe('an alias whose traffic a deployment splits', () => {
  it('says whose split it is as long as it lasts, behind what people have written', async () => {
    const split = await Split.ready();
    const { deploymentId } = split.existing.access;
    const said = `${WRITTEN} [sluice application="shop" target="prod" deployment=${deploymentId}]`;
    await split.shift(0.1);
    expect(await split.description()).toBe(said);
    await split.shift(0.5);
    expect(await split.description()).toBe(said);
    await split.shift(0);
    expect(await split.description()).toBe(WRITTEN);
  });

  it('keeps a description that leaves no room', async () => {
    const written = 'x'.repeat(250);
    const split = await Split.ready(written);
    await split.shift(0.1);
    expect(await split.description()).toBe(written);
    await split.shift(0);
    expect(await split.description()).toBe(written);
  });

  it('is given back what people have written meanwhile', async () => {
    const split = await Split.ready();
    await split.shift(0.1);
    const { name, place, access } = split.existing;
    const said = (await split.description())?.replace(WRITTEN, 'what everybody gets') ?? '';
    const edited = await place.clients.lambda.send(
      new UpdateAliasCommand({ FunctionName: name, Name: ALIAS, Description: said }),
    );
    split.revisionId = edited.RevisionId ?? '';
    await split.shift(0, access);
    expect(await split.description()).toBe('what everybody gets');
  });

  it('says it no longer when somebody has cleared the weights by hand', async () => {
    const split = await Split.ready();
    await split.shift(0.1);
    const { name, place } = split.existing;
    const RoutingConfig = { AdditionalVersionWeights: {} };
    const cleared = await place.clients.lambda.send(
      new UpdateAliasCommand({ FunctionName: name, Name: ALIAS, RoutingConfig }),
    );
    split.revisionId = cleared.RevisionId ?? '';
    await split.shift(0);
    expect(await split.description()).toBe(WRITTEN);
  });
});

describe('another deployment that finds a split', () => {
  it.each<[string, Pick<LatestRun, 'isOpen'> | undefined, string]>([
    ['runs', { isOpen: true }, 'open'],
    ['has ended', { isOpen: false }, 'ended'],
    ['is not known (any more)', undefined, 'unknown'],
  ])('is told whose it is, also when the run %s', async (_, found, expected) => {
    const split = await Split.ready();
    await split.shift(0.1);
    const { snapshot, asked } = await split.seenBy({ application: 'payments' }, found);
    expect(asked).toEqual(['sluice:shop:prod']);
    const { application, target, deploymentId } = split.existing.access;
    expect(snapshot.heldBy).toEqual({ application, target, deploymentId, run: expected });
    // It would go back to the version that served before the split.
    expect(snapshot.trafficBefore).toEqual({ version: split.existing.version, weights: {} });
    expect(snapshot.alias?.description).toBe(WRITTEN);
  });

  it('of the same application may be at another of its targets', async () => {
    const split = await Split.ready();
    await split.shift(0.1);
    const { snapshot } = await split.seenBy({ target: 'staging' }, { isOpen: true });
    expect(snapshot.heldBy).toMatchObject({ target: 'prod', run: 'open' });
  });

  it('asks nobody about a split of its own target, or where there is none', async () => {
    const split = await Split.ready();
    await split.shift(0.1);
    expect(await split.seenBy({})).toMatchObject({ asked: [] });
    await split.shift(0);
    const { snapshot, asked } = await split.seenBy({ application: 'payments' });
    expect([snapshot.heldBy, asked]).toEqual([undefined, []]);
  });
});
