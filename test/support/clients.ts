import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { awsOptions } from '../../dev/stack/awsOptions.js';
import { shared } from './shared.js';

/** The AWS clients of someone in an account and region of the emulator that all tests share. */
export function awsClients(account: string, region: string) {
  const options = awsOptions({ awsEndpoint: shared.awsEndpoint, account, region });
  return {
    ecr: new ECRClient(options),
    iam: new IAMClient(options),
    lambda: new LambdaClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sts: new STSClient(options),
  };
}
