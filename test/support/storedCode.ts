import {
  CreateFunctionCommand,
  GetFunctionCommand,
  PublishVersionCommand,
  type CreateFunctionCommandInput,
} from '@aws-sdk/client-lambda';
import type { FunctionAccess } from '../../src/activities/access.js';
import type { PinnedZip } from '../../src/domain/packages.js';
import { AwsPlace } from './awsPlace.js';
import { pin } from './existingFunction.js';
import { uniqueName } from './names.js';

export const KEY = 'arn:aws:kms:us-east-1:111111111111:key/00000000-0000-4000-8000-000000000001';

/** How AWS stores the code of `$LATEST`. */
export interface Stored {
  key: string | undefined;
  /** The object version of the package that AWS refers to. */
  refersTo: string | undefined;
  architectures: string[] | undefined;
  codeSha256: string | undefined;
}

/**
 * A function that was made by hand for arm64, with a key of its own for its package; its old code is
 * published as version 1, and there is a package with new code.
 */
export class StoredCode {
  private constructor(
    readonly place: AwsPlace,
    readonly name: string,
    readonly access: FunctionAccess,
    readonly old: PinnedZip,
    readonly next: PinnedZip,
  ) {}

  /** @param code - how the old code is stored, if otherwise than as a copy from its bucket */
  static async make(code: CreateFunctionCommandInput['Code'] = {}): Promise<StoredCode> {
    const place = await AwsPlace.make({ versioned: true });
    const name = uniqueName('orders');
    const access = place.access(name);
    await place.put(`${name}.zip`, 'old');
    const old = await pin(place, access);
    await create(place, name, { ...(code.ZipFile === undefined && inS3(old)), ...code });
    await place.put(`${name}.zip`, 'new');
    return new StoredCode(place, name, access, old, await pin(place, access));
  }

  async stored(): Promise<Stored> {
    const { Code, Configuration } = await this.#get();
    return {
      key: Code?.SourceKMSKeyArn,
      refersTo: Code?.ResolvedS3Object?.S3ObjectVersion,
      architectures: Configuration?.Architectures,
      codeSha256: Configuration?.CodeSha256,
    };
  }

  /** Of `$LATEST`. */
  async revisionId(): Promise<string> {
    return (await this.#get()).Configuration?.RevisionId ?? '';
  }

  #get() {
    return this.place.clients.lambda.send(new GetFunctionCommand({ FunctionName: this.name }));
  }
}

async function create(
  place: AwsPlace,
  name: string,
  code: CreateFunctionCommandInput['Code'],
): Promise<void> {
  const { lambda } = place.clients;
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: place.executionRoleArn,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Code: { SourceKMSKeyArn: KEY, ...code },
    }),
  );
  await place.settled(name);
  await lambda.send(new PublishVersionCommand({ FunctionName: name }));
}

function inS3({ bucket, key, versionId }: PinnedZip) {
  return { S3Bucket: bucket, S3Key: key, S3ObjectVersion: versionId };
}
