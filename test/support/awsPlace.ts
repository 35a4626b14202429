import {
  GetAliasCommand,
  GetFunctionCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListVersionsByFunctionCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { randomUUID } from 'node:crypto';
import { WORKER_ACCOUNT } from '../../dev/stack/awsOptions.js';
import { makeBucket, putPackage } from '../../dev/stack/buckets.js';
import { zipOf } from '../../dev/stack/packages.js';
import { makeDeployRole, makeExecutionRole } from '../../dev/stack/roles.js';
import type { RecordedRequest } from '../../dev/stack/emulator.js';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { PinnedZip } from '../../src/domain/packages.js';
import type { FunctionPlan, FunctionSettings, TargetPlan } from '../../src/domain/plan.js';
import { awsClients } from './clients.js';
import { uniqueAccount, uniqueName } from './names.js';
import { shared } from './shared.js';
import { until } from './until.js';

/** An account and region of the emulator that only one test uses, with roles and a bucket. */
export class AwsPlace {
  readonly bucket = uniqueName('packages');
  readonly deployRoleArn: string;
  readonly executionRoleArn: string;

  private constructor(
    readonly account: string,
    readonly region: string,
  ) {
    this.deployRoleArn = `arn:aws:iam::${account}:role/Deploy`;
    this.executionRoleArn = `arn:aws:iam::${account}:role/Execution`;
  }

  static async make(
    options: { account?: string; region?: string; versioned?: boolean; externalId?: string } = {},
  ): Promise<AwsPlace> {
    const { account = uniqueAccount(), region = 'us-east-1', versioned = false } = options;
    const place = new AwsPlace(account, region);
    const awsEndpoint = shared.awsEndpoint;
    await makeDeployRole(awsEndpoint, place.deployRoleArn, options.externalId);
    await makeExecutionRole(awsEndpoint, place.executionRoleArn);
    await makeBucket(place.bucket, { awsEndpoint, account, region }, versioned);
    return place;
  }

  get clients(): ReturnType<typeof awsClients> {
    return awsClients(this.account, this.region);
  }

  /** A package whose function answers with this text. */
  async put(key: string, text: string): Promise<void> {
    await this.putBytes(key, zipOf({ 'index.js': `exports.handler = async () => '${text}';` }));
  }

  async putBytes(key: string, bytes: Uint8Array): Promise<void> {
    const awsEndpoint = shared.awsEndpoint;
    const { account, region } = this;
    await putPackage({ bucket: this.bucket, key }, bytes, { awsEndpoint, account, region });
  }

  async deleteObject({ key, versionId }: PinnedZip): Promise<void> {
    await this.clients.s3.send(
      new DeleteObjectCommand({ Bucket: this.bucket, Key: key, VersionId: versionId }),
    );
  }

  functionPlan(
    name: string,
    changes: Partial<FunctionSettings> = {},
    alias?: string,
  ): FunctionPlan {
    return {
      name,
      package: { bucket: this.bucket, key: `${name}.zip` },
      settings: {
        role: this.executionRoleArn,
        handler: 'index.handler',
        runtime: 'nodejs24.x',
        ...changes,
      },
      ...(alias !== undefined && { alias }),
    };
  }

  targetPlan(
    name: string,
    functions: FunctionPlan[],
    changes: Partial<TargetPlan> = {},
  ): TargetPlan {
    return {
      name,
      account: 'test',
      deployRoleArn: this.deployRoleArn,
      region: this.region,
      strategy: 'allAtOnce',
      dependsOn: [],
      beforeDeployment: [],
      afterDeployment: [],
      functions,
      ...changes,
    };
  }

  access(name: string, deploymentId: string = randomUUID()): FunctionAccess {
    return {
      application: 'shop',
      deploymentId,
      target: 'prod',
      deployRoleArn: this.deployRoleArn,
      region: this.region,
      function: name,
    };
  }

  /** Waits until AWS has nothing under way at a function. */
  async settled(name: string): Promise<void> {
    const command = new GetFunctionCommand({ FunctionName: name });
    await until(`${name} was settled`, async () => {
      const { State, LastUpdateStatus } =
        (await this.clients.lambda.send(command)).Configuration ?? {};
      return (State === 'Active' && LastUpdateStatus !== 'InProgress') || undefined;
    });
  }

  /** What the Lambda API holds of a function; undefined when there is none. */
  async holds(name: string, alias?: string): Promise<HeldFunction | undefined> {
    const { lambda } = this.clients;
    const found = await lambda
      .send(new GetFunctionCommand({ FunctionName: name }))
      .catch(ignoring('ResourceNotFoundException'));
    if (found?.Configuration === undefined) return undefined;
    const versions = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: name }));
    const { CodeSha256, MemorySize, Timeout, Environment, Handler, Runtime, Role, ...more } =
      found.Configuration;
    return {
      codeSha256: CodeSha256 ?? '',
      settings: {
        memorySize: MemorySize,
        timeout: Timeout,
        environment: Environment?.Variables ?? {},
        handler: Handler,
        runtime: Runtime,
        role: Role,
        layers: (more.Layers ?? []).map(({ Arn }) => Arn),
        architectures: more.Architectures,
        ...othersOf(more, found.Code?.SourceKMSKeyArn),
      },
      versions: (versions.Versions ?? [])
        .filter(({ Version }) => Version !== '$LATEST')
        .map(({ Version = '', CodeSha256: sha = '', Description = '' }) => ({
          version: Version,
          codeSha256: sha,
          description: Description,
        })),
      ...(alias !== undefined && (await this.#alias(name, alias))),
    };
  }

  /** What versions and aliases of a function have as provisioned concurrency; empty: none has any. */
  async provisioned(name: string): Promise<Record<string, number>> {
    const { ProvisionedConcurrencyConfigs: found = [] } = await this.clients.lambda.send(
      new ListProvisionedConcurrencyConfigsCommand({ FunctionName: name }),
    );
    const entries = found.map((one) => [
      (one.FunctionArn ?? '').split(':')[7],
      one.RequestedProvisionedConcurrentExecutions,
    ]);
    return Object.fromEntries(entries) as Record<string, number>;
  }

  async #alias(
    name: string,
    alias: string,
  ): Promise<Pick<HeldFunction, 'alias' | 'aliasDescription'>> {
    const found = await this.clients.lambda
      .send(new GetAliasCommand({ FunctionName: name, Name: alias }))
      .catch(ignoring('ResourceNotFoundException'));
    if (found === undefined) return { alias: undefined };
    return {
      alias: {
        version: found.FunctionVersion ?? '',
        weights: { ...found.RoutingConfig?.AdditionalVersionWeights },
      },
      aliasDescription: found.Description ?? '',
    };
  }

  /** The requests to Lambda, or to another service, that have reached the API here, in order. */
  async requests(of = 'lambda'): Promise<RecordedRequest[]> {
    return (await allRequests()).filter(
      ({ account, region, service }) =>
        account === this.account && region === this.region && service === of,
    );
  }

  /** The names of the sessions in which the deploy role was assumed. */
  async assumedSessions(): Promise<unknown[]> {
    return (await allRequests())
      .filter(({ parameters }) => parameters['RoleArn'] === this.deployRoleArn)
      .map(({ parameters }) => parameters['RoleSessionName']);
  }

  /** The names of the requests that changed something here, in order. */
  async writes(): Promise<string[]> {
    return (await this.requests())
      .filter(({ mutation, error }) => mutation && error === null)
      .map(({ operation }) => operation);
  }
}

export interface HeldAlias {
  version: string;
  weights: Record<string, number>;
}

export interface HeldFunction {
  codeSha256: string;
  settings: Record<string, unknown>;
  versions: { version: string; codeSha256: string; description: string }[];
  alias?: HeldAlias | undefined;
  /** What people have written there, and whose split it is. */
  aliasDescription?: string;
}

/** The settings that have AWS's own names here; what is not set may be left out or empty. */
function othersOf(
  { Description, VpcConfig, FileSystemConfigs = [], ...more }: FunctionConfiguration,
  SourceKMSKeyArn: string | undefined,
): Record<string, unknown> {
  const { DeadLetterConfig, TracingConfig, EphemeralStorage, LoggingConfig, SnapStart } = more;
  return {
    ...{ Description, VpcConfig, FileSystemConfigs, DeadLetterConfig, TracingConfig },
    ...{ EphemeralStorage, LoggingConfig, SnapStart, KMSKeyArn: more.KMSKeyArn, SourceKMSKeyArn },
    ...{ ImageConfig: more.ImageConfigResponse?.ImageConfig },
  };
}

/** What the worker's process has in its environment. */
export function workerAwsEnvironment(): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: shared.awsEndpoint,
    AWS_ACCESS_KEY_ID: WORKER_ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  };
}

async function allRequests(): Promise<RecordedRequest[]> {
  const answer = await fetch(`${shared.awsEndpoint}/_sluice/requests?since=0`);
  return ((await answer.json()) as { requests: RecordedRequest[] }).requests;
}

function ignoring(name: string): (error: Error) => undefined {
  return (error) => {
    if (error.name !== name) throw error;
    return undefined;
  };
}
