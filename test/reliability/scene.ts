import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetProvisionedConcurrencyConfigCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { randomBytes } from 'node:crypto';
import { zipOf } from '../../dev/stack/packages.js';
import { defined } from '../../src/domain/defined.js';
import type {
  FunctionPlan,
  FunctionSettings,
  Plan,
  Step,
  TargetPlan,
} from '../../src/domain/plan.js';
import { readHolder } from '../../src/domain/marks.js';
import { isImage } from '../../src/domain/packages.js';
import { AwsPlace, type HeldFunction } from '../support/awsPlace.js';
import {
  imagePlan,
  ImageRepository,
  makeImageFunction,
  NOT_TAKEN,
} from '../support/imageRepository.js';
import { uniqueName } from '../support/names.js';
import { plan } from '../support/plans.js';
import { until } from '../support/until.js';
import { ALL_SHAPES, type Shape, type ShapeName } from './shapes.js';

const ALIAS = 'live';

/** What people have written there before a deployment. */
export const ALIAS_DESCRIPTION = 'what customers get';

/** What counts of a function, whatever versions have been published of it. */
export interface State {
  codeSha256: string;
  settings: HeldFunction['settings'];
  alias: HeldFunction['alias'] | undefined;
  aliasDescription: string | undefined;
  provisioned: Record<string, number>;
}

/** Functions in an account of their own, what they are before a deployment, and its target. */
export class Scene {
  private constructor(
    readonly place: AwsPlace,
    readonly functions: FunctionPlan[],
    readonly before: (State | undefined)[],
  ) {}

  /**
   * @param stem - names that a fault can be told apart by begin with it
   * @param oldBytes - about how large the code is that is there before
   */
  static async make(shape: ShapeName, stem: string, oldBytes = 0): Promise<Scene> {
    const place = await AwsPlace.make({ versioned: true });
    const functions = await Promise.all(
      ALL_SHAPES[shape].map((one, index) =>
        prepare(place, one, uniqueName(`${stem}-${index}`), { oldBytes, stem }),
      ),
    );
    const before = await Promise.all(functions.map((one) => stateOf(place, one)));
    return new Scene(place, functions, before);
  }

  /** Where the images of a function lie. */
  repository(index = 0): ImageRepository {
    return ImageRepository.of(this.place, this.names[index] ?? '');
  }

  get names(): string[] {
    return this.functions.map(({ name }) => name);
  }

  plan(changes: Partial<TargetPlan>, steps: Step[], more: Partial<Plan> = {}): Plan {
    const target = this.place.targetPlan('prod', this.functions, {
      strategy: 'canary',
      ...changes,
    });
    const application = uniqueName('shop');
    return plan([target], { application, strategies: { canary: { steps } }, ...more });
  }

  /** Has code that is replaced kept, in the bucket of the packages or in another. */
  keepReplaced(bucket = this.place.bucket): void {
    for (const one of this.functions) one.replacedCode = `s3://${bucket}/replaced/`;
  }

  /** The last function's package is none that AWS takes. */
  async breakLastPackage(): Promise<void> {
    const last = this.functions.length - 1;
    const planned = this.functions[last]?.package;
    if (planned === undefined) throw new Error('The scene has no function.');
    if (isImage(planned)) await this.repository(last).put('no image', 'live', NOT_TAKEN);
    else await this.place.putBytes(planned.key, new TextEncoder().encode('no zip file'));
  }

  states(): Promise<(State | undefined)[]> {
    return Promise.all(this.functions.map((one) => stateOf(this.place, one)));
  }

  /** Whether every function has the new code and settings, and its alias, if any, serves them. */
  async isNew(): Promise<boolean> {
    const held = await Promise.all(
      this.functions.map(({ name, alias }) => this.place.holds(name, alias)),
    );
    const provisioned = await Promise.all(this.names.map((name) => this.place.provisioned(name)));
    return held.every((one, index) => {
      const { alias, provisionedConcurrency: wanted, package: planned } = this.functions[index]!;
      const has = wanted === undefined ? {} : { [one?.alias?.version ?? '']: wanted };
      if (JSON.stringify(provisioned[index]) !== JSON.stringify(has)) return false;
      if (one === undefined || !hasNewSettings(one, isImage(planned))) return false;
      if (one.codeSha256 === this.before[index]?.codeSha256) return false;
      if (!isFilledIn(this.functions[index], one)) return false;
      if (alias === undefined) return true;
      const served = one.versions.find(({ version }) => version === one.alias?.version);
      const isWhole =
        Object.keys(one.alias?.weights ?? { none: 1 }).length === 0 &&
        readHolder(one.aliasDescription ?? '').holder === undefined;
      return served?.codeSha256 === one.codeSha256 && isWhole;
    });
  }
}

const NEW_MEMORY = 256;

const NEW_KEY = 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-4000-8000-000000000001';

/** A setting of each kind: flat, with parts, with lists, of the code, and of no version. */
const NEW_SETTINGS: Partial<FunctionSettings> = {
  memorySize: NEW_MEMORY,
  description: 'new',
  ephemeralStorage: { size: 1024 },
  vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] },
  loggingConfig: { logFormat: 'JSON', applicationLogLevel: 'WARN' },
  kmsKeyArn: NEW_KEY,
  sourceKmsKeyArn: NEW_KEY,
};

/** The key of an image is its repository's; what is run of it is a setting of its own. */
const { sourceKmsKeyArn: _, ...NEW_OF_BOTH } = NEW_SETTINGS;
const NEW_IMAGE_SETTINGS: Partial<FunctionSettings> = {
  ...NEW_OF_BOTH,
  imageConfig: { command: ['new.handler'] },
};

function hasNewSettings({ settings }: HeldFunction, isImageFunction: boolean): boolean {
  const isOfKind = isImageFunction
    ? JSON.stringify(settings['ImageConfig']) === '{"Command":["new.handler"]}'
    : settings['SourceKMSKeyArn'] === NEW_KEY;
  return (
    isOfKind &&
    settings['memorySize'] === NEW_MEMORY &&
    settings['KMSKeyArn'] === NEW_KEY &&
    settings['Description'] === 'new'
  );
}

/** What an environment of the functions holds, and nobody may read. */
export const SECRET_VALUE = 'hunter2-of-the-scene';

/** What the secret of a scene is when its deployment starts. Its name is the scene's stem. */
export const FILLED_IN = 'p4ssw0rd-of-the-scene';

const around = (value: string): string => `db://app:${value}@host/{{db}}`;

function isFilledIn(plan: FunctionPlan | undefined, { settings }: HeldFunction): boolean {
  if (plan?.settings.environment?.['DB_URL'] === undefined) return true;
  const { DB_URL } = settings['environment'] as Record<string, string>;
  return DB_URL === around(FILLED_IN);
}

async function prepare(
  place: AwsPlace,
  shape: Shape,
  name: string,
  { oldBytes, stem }: { oldBytes: number; stem: string },
): Promise<FunctionPlan> {
  if (shape.image === true) return prepareImage(place, shape, name);
  const { before = 0, wanted } = shape.provisioned ?? {};
  if (shape.exists) await create(place, name, shape.alias, oldBytes);
  if (before > 0) await provision(place, name, before);
  await place.put(`${name}.zip`, 'new');
  const alias = shape.alias === undefined ? undefined : ALIAS;
  const environment = { DB_URL: around(`{{secrets.${stem}}}`) };
  const settings = { ...NEW_SETTINGS, ...(shape.secret && { environment }) };
  return {
    ...place.functionPlan(name, settings, alias),
    ...defined({ provisionedConcurrency: wanted }),
  };
}

/** Its tag has the new image; what is there before has been made of the old one. */
async function prepareImage(place: AwsPlace, shape: Shape, name: string): Promise<FunctionPlan> {
  const repository = await ImageRepository.make(place, name);
  await repository.put('old');
  if (shape.exists) {
    const Environment = { Variables: { SECRET: SECRET_VALUE } };
    await makeImageFunction(place, repository, name, { Environment });
    await publish(place, name, shape.alias);
  }
  await repository.put('new');
  const alias = shape.alias === undefined ? {} : { alias: ALIAS };
  return imagePlan(place, repository, name, { ...NEW_IMAGE_SETTINGS, ...alias });
}

async function provision(place: AwsPlace, name: string, environments: number): Promise<void> {
  const version = { FunctionName: name, Qualifier: '1' };
  const { lambda } = place.clients;
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      ...version,
      ProvisionedConcurrentExecutions: environments,
    }),
  );
  await until('the version had its provisioned concurrency', async () => {
    const found = await lambda.send(new GetProvisionedConcurrencyConfigCommand(version));
    return found.Status === 'READY' || undefined;
  });
}

async function create(
  place: AwsPlace,
  name: string,
  alias: Shape['alias'],
  oldBytes: number,
): Promise<void> {
  const { lambda } = place.clients;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: place.executionRoleArn,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Environment: { Variables: { SECRET: SECRET_VALUE } },
      Code: { ZipFile: oldCode(oldBytes) },
    }),
  );
  await place.settled(name);
  await publish(place, name, alias);
}

/** Publishes what is there, and points the alias at it that there is to be. */
async function publish(place: AwsPlace, name: string, alias: Shape['alias']): Promise<void> {
  const { lambda } = place.clients;
  const point = (FunctionVersion: string) =>
    lambda.send(
      new CreateAliasCommand({
        FunctionName: name,
        Name: ALIAS,
        FunctionVersion,
        Description: ALIAS_DESCRIPTION,
      }),
    );
  // Whoever points an alias at $LATEST mostly publishes nothing.
  if (alias === 'on $LATEST') {
    await point('$LATEST');
    return;
  }
  await lambda.send(new PublishVersionCommand({ FunctionName: name }));
  if (alias === 'exists') await point('1');
}

function oldCode(bytes: number): Uint8Array {
  const index = `exports.handler = async () => 'old';`;
  // What is random cannot be made smaller.
  return zipOf({ 'index.js': index, 'more.txt': randomBytes(bytes).toString('base64') });
}

async function stateOf(place: AwsPlace, one: FunctionPlan): Promise<State | undefined> {
  const held = await place.holds(one.name, one.alias);
  if (held === undefined) return undefined;
  const { codeSha256, settings, alias, aliasDescription } = held;
  const provisioned = await place.provisioned(one.name);
  return { codeSha256, settings, alias, aliasDescription, provisioned };
}
