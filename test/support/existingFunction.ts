import { PublishVersionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { expect } from '@jest/globals';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { Published } from '../../src/activities/publish.js';
import type { FunctionState } from '../../src/domain/functions.js';
import { markText } from '../../src/domain/marks.js';
import { isImage, packageUri, type PinnedZip } from '../../src/domain/packages.js';
import { activityBench } from './activityBench.js';
import { AwsPlace } from './awsPlace.js';
import { uniqueName } from './names.js';

/** A function that exists, with a published version, in a place of its own. */
export class ExistingFunction {
  private constructor(
    readonly place: AwsPlace,
    readonly name: string,
    readonly access: FunctionAccess,
    readonly first: PinnedZip,
    public latest: FunctionState,
    readonly version: string,
  ) {}

  static async make(options: { versioned?: boolean } = {}): Promise<ExistingFunction> {
    const place = await AwsPlace.make(options);
    const name = uniqueName('orders');
    const access = place.access(name);
    await place.put(`${name}.zip`, 'first');
    const first = await pin(place, access);
    const plan = place.functionPlan(name, { environment: { SECRET: 'hunter2-before' } });
    const { state: created } = await activityBench()('createFunction', {
      ...access,
      plan,
      package: first,
    });
    const published = await publish(access, created, 'from before');
    return new ExistingFunction(place, name, access, first, published, published.version.version);
  }

  /** With so many versions, each of its own. */
  static async withVersions(count: number): Promise<ExistingFunction> {
    const existing = await ExistingFunction.make();
    const { lambda } = existing.place.clients;
    const FunctionName = existing.name;
    for (let number = 2; number <= count; number += 1) {
      const Timeout = number + 3;
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout }));
      await existing.place.settled(FunctionName);
      await lambda.send(new PublishVersionCommand({ FunctionName }));
    }
    return existing;
  }

  /** Publishes what is there as a deployment of a package does. */
  async record(from: PinnedZip): Promise<void> {
    const { deploymentId } = this.access;
    const { lambda } = this.place.clients;
    // AWS publishes nothing that is as the last version is.
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: this.name, Timeout: 7 }),
    );
    await this.place.settled(this.name);
    const Description = markText({ deploymentId, packageUri: packageUri(from) });
    await lambda.send(new PublishVersionCommand({ FunctionName: this.name, Description }));
  }

  /** Somebody else gives the function this environment. */
  async changedByHand(Variables: Record<string, string>): Promise<void> {
    await this.place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: this.name,
        Environment: { Variables },
      }),
    );
    await this.place.settled(this.name);
  }

  async next(text: string): Promise<PinnedZip> {
    await this.place.put(`${this.name}.zip`, text);
    return pin(this.place, this.access);
  }
}

export async function pin(place: AwsPlace, access: FunctionAccess): Promise<PinnedZip> {
  const location = place.functionPlan(access.function).package;
  const [result] = await activityBench()('pinPackages', [{ ...access, package: location }]);
  if (result === undefined || 'failure' in result || isImage(result.pinned)) {
    throw new Error(JSON.stringify(result));
  }
  return result.pinned;
}

export async function publish(
  access: FunctionAccess,
  { revisionId, codeSha256 }: FunctionState,
  description: string,
): Promise<Published> {
  const result = await activityBench()('publishVersion', {
    ...access,
    revisionId,
    codeSha256,
    description,
  });
  expect(result.result).toBe('done');
  return result.state as Published;
}

/** `$LATEST` as it is now. */
export async function latest(existing: ExistingFunction): Promise<FunctionState> {
  const { snapshot } = await activityBench()('inspectFunction', {
    ...existing.access,
    plan: existing.place.functionPlan(existing.name),
    package: existing.first,
  });
  if (snapshot.latest === undefined) throw new Error('the function is gone');
  return snapshot.latest;
}
