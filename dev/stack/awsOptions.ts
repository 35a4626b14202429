/** An account and region of the AWS emulator. */
export interface AwsPlace {
  awsEndpoint: string;
  account: string;
  region: string;
}

/** The account that the worker itself is in. Deploy roles trust it. */
export const WORKER_ACCOUNT = '000000000000';

/** The account that a person at the stack is in: the first of the examples. Deploy roles trust it too. */
export const OWN_ACCOUNT = '111111111111';

/** What an AWS client needs there. The emulator takes an access key id of twelve digits for the account. */
export function awsOptions({ awsEndpoint, account, region }: AwsPlace) {
  return {
    endpoint: awsEndpoint,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'test' },
  };
}
