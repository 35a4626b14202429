import { accountOf } from '../domain/arns.js';
import { isOptIn } from '../domain/regions.js';
import type { TargetAccess } from '../domain/target.js';
import { activityFailure, readAwsError } from './awsFailure.js';
import { UNKNOWN_CREDENTIALS } from './refusals/final.js';

/** What STS says where an account has turned it off. */
const TURNED_OFF = ['RegionDisabledException', 'RegionDisabled'];

/**
 * The failure of a role that STS gives to nobody, because in its region it does not know the worker,
 * or serves the role's account not at all; undefined for every other error. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
 *
 * @param stsRegion - whose STS was asked
 */
export function unknownToSts(
  error: unknown,
  { deployRoleArn, target }: TargetAccess,
  stsRegion: string,
): Error | undefined {
  const { name } = readAwsError(error);
  const cause = causeOf(name, deployRoleArn, stsRegion);
  if (cause === undefined) return undefined;
  return activityFailure(
    {
      code: 'roleNotAssumable',
      message: `Could not assume ${deployRoleArn} for target ${target}: ${cause.what} (${name}).`,
      remedy: cause.remedy,
      target,
    },
    { retryable: false },
  );
}

interface Cause {
  what: string;
  remedy: string;
}

function causeOf(name: string, deployRoleArn: string, stsRegion: string): Cause | undefined {
  if (TURNED_OFF.includes(name)) {
    const account = accountOf(deployRoleArn);
    return {
      what: `STS is turned off in ${stsRegion} for account ${account}`,
      remedy: `Activate STS for ${stsRegion} in the account settings of IAM of ${account}, or ${OTHER_STS}.`,
    };
  }
  if (!UNKNOWN_CREDENTIALS.includes(name)) return undefined;
  if (!isOptIn(stsRegion)) {
    return {
      what: `the STS of ${stsRegion} does not know the worker's credentials`,
      remedy: "Check the worker's own AWS identity: its access key may have been deleted.",
    };
  }
  return {
    what: `the STS of ${stsRegion} does not know the worker's credentials. An account has that region only once it is enabled there, and the worker's account probably has not`,
    remedy: `Enable ${stsRegion} in the worker's account, or ${OTHER_STS}.`,
  };
}

const OTHER_STS =
  "name a region that both accounts have as `aws.stsRegion` in the workers' settings: what its STS gives is good in all regions";
