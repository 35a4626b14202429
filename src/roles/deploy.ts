import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { SluiceError } from '../errors.js';
import { awsError } from './awsErrors.js';
import { createOrUpdate, type DeployedStack, type StackOrder } from './stack.js';

/** Where a stack goes. */
export interface StackPlace {
  /** Absent: the AWS SDK's. */
  region?: string;
  /** The account that it must be, where that is known. */
  account?: string;
}

/**
 * Deploys a role's stack with the credentials that the AWS SDK finds.
 *
 * @param tell - is told what is waited for, in sentences
 * @throws SluiceError `stackFailed` when AWS does not do it, `invalidArguments` when it cannot be
 *   asked, or not for this
 */
export async function deployStack(
  order: StackOrder,
  { region, account }: StackPlace,
  tell: (text: string) => void,
): Promise<DeployedStack> {
  const options = region === undefined ? {} : { region };
  const client = new CloudFormationClient(options);
  try {
    const where = await client.config.region();
    if (account !== undefined) await assertAccount(account, where);
    return await createOrUpdate(client, order, (doing) => tell(`${doing} in ${where}.`));
  } catch (error) {
    throw awsError(error);
  } finally {
    client.destroy();
  }
}

async function assertAccount(expected: string, region: string): Promise<void> {
  const sts = new STSClient({ region });
  const { Account: account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  if (account === expected) return;
  throw new SluiceError(
    'invalidArguments',
    `The AWS credentials are of account ${account}, and the role is for account ${expected}: sign in there.`,
  );
}
