import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { accountOf } from '../domain/arns.js';
import { defined } from '../domain/defined.js';
import type { TargetAccess } from '../domain/target.js';
import { clientEndpoints, type AccessSettings } from './access.js';
import { activityFailure, isAwsError } from './awsFailure.js';
import { unknownToSts } from './unknownToSts.js';
import { requestOptions } from './requests.js';
import { translateAwsError } from './translate.js';

/** STS accepts session names up to this length. */
const MAX_SESSION_NAME = 64;

/**
 * Refuses a deploy role that the worker's settings do not give to the application: whoever may
 * start a workflow must not be able to borrow every role that trusts the worker.
 */
export function assertMayUse(settings: AccessSettings, access: TargetAccess): void {
  if (settings.mayUse(access.application, access.deployRoleArn)) return;
  throw activityFailure(
    {
      code: 'roleNotAllowed',
      message: `The worker's settings do not let ${access.application} deploy as ${access.deployRoleArn}.`,
      remedy:
        'Add the role to an entry of `roles` in the settings file that names the application.',
      target: access.target,
    },
    { retryable: false },
  );
}

/** Temporary credentials, in the form in which the AWS SDK takes them and renews them. */
interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** Credentials of the target's deploy role. The session's name says which deployment uses it. */
export async function assumeRole(
  settings: AccessSettings,
  access: TargetAccess,
): Promise<Credentials> {
  const { deployRoleArn, region, deploymentId } = access;
  const externalId = settings.externalId(accountOf(deployRoleArn));
  const { endpoints } = settings;
  const stsRegion = endpoints?.stsRegion ?? region;
  const sts = new STSClient({
    region: stsRegion,
    maxAttempts: 1,
    ...clientEndpoints(endpoints),
  });
  try {
    const { Credentials: issued } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: deployRoleArn,
        RoleSessionName: `sluice-${deploymentId}`.slice(0, MAX_SESSION_NAME),
        ...defined({ ExternalId: externalId }),
      }),
      requestOptions(),
    );
    if (issued?.AccessKeyId === undefined || issued.SecretAccessKey === undefined) {
      throw new Error('STS answered without credentials');
    }
    return {
      accessKeyId: issued.AccessKeyId,
      secretAccessKey: issued.SecretAccessKey,
      ...defined({ sessionToken: issued.SessionToken, expiration: issued.Expiration }),
    };
  } catch (error) {
    throw (
      unknownToSts(error, access, stsRegion) ?? roleFailure(error, access, externalId !== undefined)
    );
  } finally {
    sts.destroy();
  }
}

function roleFailure(error: unknown, access: TargetAccess, withExternalId: boolean): Error {
  const doing = `assume ${access.deployRoleArn}`;
  if (!isAwsError(error, 'AccessDenied', 'AccessDeniedException', 'ValidationError')) {
    return translateAwsError(error, { ...access, doing }, 1);
  }
  const externalId = withExternalId
    ? 'expects the external id that the settings give'
    : 'asks for no external id (the settings give none for this account)';
  return activityFailure(
    {
      code: 'roleNotAssumable',
      message: `Could not ${doing} for target ${access.target}: AWS denies it.`,
      remedy: `Check that the role exists, that its trust policy names the worker's identity, and that it ${externalId}.`,
      target: access.target,
    },
    { retryable: false },
  );
}
