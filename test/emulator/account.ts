import { ECRClient } from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  type CreateFunctionCommandInput,
  type FunctionConfiguration,
  type UpdateFunctionCodeCommandInput,
} from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { expect } from '@jest/globals';
import { zipOf } from '../../dev/stack/packages.js';
import { eventually } from '../support/until.js';

const region = 'eu-west-1';
let accounts = 0;

/** What a function of `codeSaying` answers with. */
export interface Said {
  says: string;
  arn: string;
  version: string;
}

/** An account of its own for each test, with a role for its functions. */
export class Account {
  readonly id = String(200000000000 + ++accounts);
  readonly lambda: LambdaClient;
  readonly ecr: ECRClient;
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
  readonly role = this.roleArn('runs-functions');
  readonly function = 'hello';

  constructor(private readonly endpoint: string) {
    this.lambda = new LambdaClient(this.clientOptions());
    this.ecr = new ECRClient(this.clientOptions());
    this.iam = new IAMClient(this.clientOptions());
    this.s3 = this.s3In(region);
    this.sts = new STSClient(this.clientOptions());
  }

  s3In(location: string): S3Client {
    return new S3Client({ ...this.clientOptions(), region: location, forcePathStyle: true });
  }

  private clientOptions() {
    const credentials = { accessKeyId: this.id, secretAccessKey: 'unused' };
    return { endpoint: this.endpoint, region, credentials, maxAttempts: 1 };
  }

  roleArn(name: string): string {
    return `arn:aws:iam::${this.id}:role/${name}`;
  }

  arn(qualifier?: string): string {
    const unqualified = `arn:aws:lambda:${region}:${this.id}:function:${this.function}`;
    return qualifier ? `${unqualified}:${qualifier}` : unqualified;
  }

  async createRole(
    name: string,
    statement: object = trusting({ Service: 'lambda.amazonaws.com' }),
  ) {
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await this.iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: document }),
    );
  }

  /** Creates the function without waiting for it. */
  async create(input: Partial<CreateFunctionCommandInput> = {}): Promise<FunctionConfiguration> {
    return this.lambda.send(
      new CreateFunctionCommand({
        FunctionName: this.function,
        Role: this.role,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: codeSaying('one') },
        ...input,
      }),
    );
  }

  async createReady(input: Partial<CreateFunctionCommandInput> = {}) {
    await this.createRole('runs-functions');
    await this.create(input);
    return this.ready();
  }

  /** Starts an update of the code without waiting for it. */
  update(input: Omit<UpdateFunctionCodeCommandInput, 'FunctionName'>) {
    return this.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName: this.function, ...input }),
    );
  }

  async updateReady(code: string) {
    await this.update({ ZipFile: codeSaying(code) });
    return this.ready();
  }

  /** What is created or updated from now on stays so until {@link letChangesEnd}. */
  holdChanges(): Promise<void> {
    return this.tellOfChanges({ held: true });
  }

  letChangesEnd(): Promise<void> {
    return this.tellOfChanges({ held: false });
  }

  private async tellOfChanges({ held }: { held: boolean }): Promise<void> {
    const url = `${this.endpoint}/_sluice/changes?account=${this.id}&held=${held}`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
  }

  /** Whether the snapshots of versions stay unmade that are published from now on. */
  async tellOfSnapshots(query: { held: 'true' | 'false'; reason?: string }): Promise<void> {
    const parameters = new URLSearchParams({ account: this.id, ...query });
    const url = `${this.endpoint}/_sluice/snapshots?${parameters.toString()}`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
  }

  publish() {
    return this.lambda.send(new PublishVersionCommand({ FunctionName: this.function }));
  }

  /** Two versions that say "one" and "two". */
  async createTwoVersions() {
    await this.createReady();
    await this.publish();
    await this.updateReady('two');
    await this.publish();
  }

  get(qualifier?: string) {
    return this.lambda.send(
      new GetFunctionCommand({ FunctionName: this.function, Qualifier: qualifier }),
    );
  }

  async configuration(qualifier?: string): Promise<FunctionConfiguration> {
    return (await this.get(qualifier)).Configuration ?? {};
  }

  /** The configuration once nothing is under way any more. */
  async ready(qualifier?: string): Promise<FunctionConfiguration> {
    const states = async () => {
      const found = await this.configuration(qualifier);
      return [found.State, found.LastUpdateStatus];
    };
    await eventually(async () => expect(await states()).toEqual(['Active', 'Successful']), 5000);
    return this.configuration(qualifier);
  }

  async invoke(qualifier?: string): Promise<{ version: string | undefined; said: Said }> {
    const answer = await this.lambda.send(
      new InvokeCommand({ FunctionName: this.function, Qualifier: qualifier }),
    );
    const said = JSON.parse(Buffer.from(answer.Payload ?? []).toString()) as Said;
    return { version: answer.ExecutedVersion, said };
  }
}

/** Code that says a word, after some time. */
export function codeSaying(says: string, milliseconds = 0): Uint8Array {
  return zipOf({
    'index.js': `exports.handler = async (_event, context) => {
      await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
      return { says: '${says}', arn: context.invokedFunctionArn, version: context.functionVersion };
    };`,
  });
}

export function trusting(principal: string | object, condition?: object): object {
  return {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: principal,
    ...(condition ? { Condition: condition } : {}),
  };
}

/** The error's code, status and message. */
export async function refusal(request: Promise<unknown>) {
  const error: unknown = await request.then(
    () => {
      throw new Error('The request was not refused.');
    },
    (reason: unknown) => reason,
  );
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return { code: name, status: $metadata?.httpStatusCode, message };
}
