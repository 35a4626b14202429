import {
  GetFunctionCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionRecursionConfigCommand,
  TagResourceCommand,
} from '@aws-sdk/client-lambda';
import { expect } from '@jest/globals';
import type { TargetOutcome } from '../../src/domain/outcomes.js';
import type { FunctionWide } from '../../src/domain/functionWide.js';
import { FUNCTION_TAG } from '../../src/domain/marks.js';
import { Scene } from './scene.js';
import type { ShapeName } from './shapes.js';
import { expectEnd, type Way } from './stage.js';

/** What the deployment gives the functions. */
const WANTED: Required<FunctionWide> = {
  tags: { team: 'of the plan', stage: 'production' },
  reservedConcurrency: 7,
  runtimeManagementConfig: {
    updateRuntimeOn: 'Manual',
    runtimeVersionArn: `arn:aws:lambda:us-east-1::runtime:${'0123abcd'.repeat(8)}`,
  },
  recursiveLoop: 'Terminate',
};

/** What the API holds of a whole function. */
type Held = Required<FunctionWide>;

/** A scene whose functions have something that belongs to the whole function, as a plan wants it. */
export class WideScene {
  private constructor(
    readonly scene: Scene,
    readonly before: (Held | undefined)[],
  ) {}

  /** @param stem - names that a fault can be told apart by begin with it */
  static async make(shape: ShapeName, stem: string): Promise<WideScene> {
    const scene = await Scene.make(shape, stem);
    const there = scene.functions.filter((_, index) => scene.before[index] !== undefined);
    for (const { name } of there) await prepare(scene, name);
    const before = await Promise.all(scene.names.map((name) => held(scene, name)));
    return new WideScene(scene, before);
  }

  /** From now on the plan names it. */
  want(wide: FunctionWide = WANTED): void {
    for (const one of this.scene.functions) one.functionWide = wide;
  }

  held(): Promise<(Held | undefined)[]> {
    return Promise.all(this.scene.names.map((name) => held(this.scene, name)));
  }

  /** Everything is what the plan says, or everything is what it was before. */
  async expectEnd(
    outcome: TargetOutcome,
    way: Way,
    requests: { arriveLate: boolean } = { arriveLate: false },
  ): Promise<void> {
    await expectEnd(this.scene, outcome, way, requests);
    if (way === 'back') expect(await this.held()).toEqual(this.before);
    else await this.expectWanted();
  }

  async expectWanted(): Promise<void> {
    for (const [index, found] of (await this.held()).entries()) {
      const { tags = {} } = this.before[index] ?? {};
      expect(found).toEqual({ ...WANTED, tags: { ...tags, ...WANTED.tags } });
    }
  }
}

/** Some of it is set before, and some of it is not. */
async function prepare({ place }: Scene, name: string): Promise<void> {
  const { lambda } = place.clients;
  const Resource = `arn:aws:lambda:${place.region}:${place.account}:function:${name}`;
  await lambda.send(
    new TagResourceCommand({ Resource, Tags: { team: 'of before', 'cost-center': '42' } }),
  );
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 5 }),
  );
  await lambda.send(
    new PutFunctionRecursionConfigCommand({ FunctionName: name, RecursiveLoop: 'Allow' }),
  );
}

async function held({ place }: Scene, name: string): Promise<Held | undefined> {
  const { lambda } = place.clients;
  const found = await lambda
    .send(new GetFunctionCommand({ FunctionName: name }))
    .catch(() => undefined);
  if (found === undefined) return undefined;
  const { [FUNCTION_TAG]: _mark, ...tags } = found.Tags ?? {};
  const { UpdateRuntimeOn, RuntimeVersionArn } = await lambda.send(
    new GetRuntimeManagementConfigCommand({ FunctionName: name }),
  );
  const { RecursiveLoop } = await lambda.send(
    new GetFunctionRecursionConfigCommand({ FunctionName: name }),
  );
  return {
    tags,
    reservedConcurrency: found.Concurrency?.ReservedConcurrentExecutions ?? 'none',
    runtimeManagementConfig: {
      updateRuntimeOn: UpdateRuntimeOn ?? '',
      ...(typeof RuntimeVersionArn === 'string' && { runtimeVersionArn: RuntimeVersionArn }),
    },
    recursiveLoop: RecursiveLoop ?? '',
  };
}
