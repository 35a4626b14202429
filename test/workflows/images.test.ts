import {
  CreateAliasCommand,
  GetFunctionCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createActivities } from '../../src/activities/createActivities.js';
import { readMark } from '../../src/domain/marks.js';
import type { FunctionPlan, Step, TargetPlan } from '../../src/domain/plan.js';
import { DEPENDENCIES } from '../support/activityBench.js';
import { AwsPlace, workerAwsEnvironment } from '../support/awsPlace.js';
import { deployment } from '../support/deployments.js';
import { imagePlan, ImageRepository, makeImageFunction } from '../support/imageRepository.js';
import { uniqueName } from '../support/names.js';
import { untilOpen } from '../support/operator.js';
import { outcomeOf } from '../support/outcomes.js';
import { WorkflowServer } from '../support/workflowServer.js';

/** The workflows with the activities as they are, against the emulator. */
let temporal: WorkflowServer;
let real: { activities: ReturnType<typeof createActivities> };
beforeAll(async () => {
  temporal = await WorkflowServer.shared();
  Object.assign(process.env, workerAwsEnvironment());
  real = { activities: createActivities(DEPENDENCIES) };
});
afterAll(async () => {
  await temporal.stop();
});

const STEPS: Step[] = [{ type: 'setWeight', weight: 50 }, { type: 'approval' }];

/** A repository, and whatever functions of its images are there. */
class Images {
  private constructor(
    readonly place: AwsPlace,
    readonly repository: ImageRepository,
    readonly name: string,
    readonly first: string,
  ) {}

  /** The tag has an image; nothing is a function of it yet. */
  static async make(): Promise<Images> {
    const place = await AwsPlace.make();
    const name = uniqueName('orders');
    const repository = await ImageRepository.make(place, name);
    return new Images(place, repository, name, await repository.put('first'));
  }

  /** A function that was made by hand, with a version that its alias serves. */
  static async withFunction(): Promise<Images> {
    const images = await Images.make();
    const { place, repository, name } = images;
    await makeImageFunction(place, repository, name);
    const { lambda } = place.clients;
    const FunctionName = name;
    await lambda.send(new PublishVersionCommand({ FunctionName }));
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
    return images;
  }

  plan(alias?: string): FunctionPlan {
    return imagePlan(this.place, this.repository, this.name, {
      memorySize: 256,
      ...aliased(alias),
    });
  }

  target(one: FunctionPlan, changes: Partial<TargetPlan> = {}): TargetPlan {
    return this.place.targetPlan('prod', [one], { strategy: 'canary', ...changes });
  }

  holds(alias?: string) {
    return this.place.holds(this.name, alias);
  }

  /** The image that a version, or `$LATEST`, is, by its digest. */
  async resolved(Qualifier?: string): Promise<string | undefined> {
    const command = new GetFunctionCommand({ FunctionName: this.name, Qualifier });
    return (await this.place.clients.lambda.send(command)).Code?.ResolvedImageUri;
  }

  byDigest(digest: string): string {
    return `${this.repository.base}@sha256:${digest}`;
  }
}

const aliased = (alias: string | undefined) => (alias === undefined ? {} : { alias });

/** Deploys, and answers at the approval; in between the tag moves to another image. */
async function deploy(
  images: Images,
  one: FunctionPlan,
  answer: 'approve' | 'reject',
): Promise<void> {
  const wanted = { ...deployment(images.target(one)), strategies: { canary: { steps: STEPS } } };
  await temporal.with(real, async () => {
    const handle = await temporal.start(wanted);
    await untilOpen(temporal.target(wanted, 'prod'), 'prod/steps/2');
    await images.repository.put('third');
    await temporal.target(wanted, 'prod').signal(answer);
    await outcomeOf(handle);
  });
}

describe('a function that is a container image', () => {
  it('is deployed by the digest that its tag had at the start, and its version says so', async () => {
    const images = await Images.withFunction();
    const second = await images.repository.put('second');
    await deploy(images, images.plan('live'), 'approve');
    const held = await images.holds('live');
    expect(held).toMatchObject({ codeSha256: second, settings: { memorySize: 256 } });
    const served = held?.versions.find(({ version }) => version === held.alias?.version);
    expect(served?.codeSha256).toBe(second);
    expect(readMark(served?.description)?.packageUri).toBe(images.byDigest(second));
    expect(await images.resolved('live')).toBe(images.byDigest(second));
  });

  it('goes back to the image and the settings that it had, with an alias', async () => {
    const images = await Images.withFunction();
    await images.repository.put('second');
    await deploy(images, images.plan('live'), 'reject');
    expect(await images.holds('live')).toMatchObject({
      codeSha256: images.first,
      settings: { memorySize: 128 },
      alias: { version: '1', weights: {} },
    });
  });

  it('goes back by the digest without an alias, although the tag names another image', async () => {
    const images = await Images.withFunction();
    await images.repository.put('second');
    await deploy(images, images.plan(), 'reject');
    expect(await images.holds()).toMatchObject({
      codeSha256: images.first,
      settings: { memorySize: 128 },
    });
    expect(await images.resolved()).toBe(images.byDigest(images.first));
  });

  it('is created, and removed when the deployment goes back', async () => {
    const [stays, goes] = [await Images.make(), await Images.make()];
    await deploy(stays, stays.plan(), 'approve');
    expect(await stays.holds()).toMatchObject({ codeSha256: stays.first });
    await deploy(goes, goes.plan(), 'reject');
    expect(await goes.holds()).toBeUndefined();
  });

  it('stays as it is while its tag names what it has', async () => {
    const images = await Images.withFunction();
    const writes = await images.place.writes();
    const one = imagePlan(images.place, images.repository, images.name, { alias: 'live' });
    const wanted = { ...deployment(images.target(one)), strategies: { canary: { steps: STEPS } } };
    const outcome = await temporal.with(real, () => temporal.deploy(wanted));
    expect(outcome.counts).toEqual({ unchanged: 1 });
    expect(await images.place.writes()).toEqual(writes);
  });

  it('is not begun with from a zip file, and a plan says so', async () => {
    const images = await Images.withFunction();
    await images.place.put(`${images.name}.zip`, 'a zip file');
    const wanted = {
      ...deployment(images.target(images.place.functionPlan(images.name, {}, 'live'))),
      strategies: { canary: { steps: STEPS } },
    };
    const writes = await images.place.writes();
    const [plan, outcome] = await temporal.with(real, async () => [
      await temporal.preflight(wanted),
      await temporal.deploy(wanted),
    ]);
    const told = { code: 'packageRejected', message: expect.stringContaining('container image') };
    expect(plan.targets?.[0]?.functions[0]?.problems).toMatchObject([told]);
    expect(outcome.failures).toMatchObject([told]);
    expect(await images.place.writes()).toEqual(writes);
  });

  it('is told of in a plan: its digests, and that ECR has the old image no more', async () => {
    const images = await Images.withFunction();
    const second = await images.repository.put('second');
    await images.repository.delete(images.first);
    const wanted = {
      ...deployment(images.target({ ...images.plan(), replacedCode: 's3://kept/code/' })),
      strategies: { canary: { steps: STEPS } },
    };
    const { targets } = await temporal.with(real, () => temporal.preflight(wanted));
    const [found] = targets?.[0]?.functions ?? [];
    expect(found).toMatchObject({
      change: 'change',
      code: { before: images.first, after: second, package: images.byDigest(second) },
      warnings: expect.arrayContaining([expect.objectContaining({ code: 'imageNotRestorable' })]),
    });
    expect(found).not.toHaveProperty('keptCode');
  });
});

describe('targets that deploy one function from the repositories of their regions', () => {
  it('are told when the images differ', async () => {
    const [here, there] = [await AwsPlace.make(), await AwsPlace.make({ region: 'eu-west-1' })];
    const targets = await Promise.all(
      [here, there].map(async (place, index) => {
        const repository = await ImageRepository.make(place, 'orders');
        await repository.put(`built for ${place.region}`);
        const one = imagePlan(place, repository, 'orders');
        const dependsOn = index === 0 ? [] : ['one'];
        return place.targetPlan(index === 0 ? 'one' : 'two', [one], { dependsOn });
      }),
    );
    const wanted = deployment(...targets);
    const outcome = await temporal.with(real, async () => {
      await temporal.deploy(wanted);
      return temporal.targetOutcome(wanted, 'two');
    });
    expect(outcome).toMatchObject({
      status: 'deployed',
      warnings: [
        {
          code: 'packagesDiffer',
          message: expect.stringMatching(
            /^two deploys orders from \S+eu-west-1\S+@sha256:\w+, which is not the same as that of one \(\S+us-east-1/,
          ),
          remedy: expect.stringContaining('Push the same image'),
        },
      ],
    });
  });
});
