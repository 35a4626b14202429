import { partitionOfRegion } from './arns.js';

/**
 * The regions of the partition `aws` that every account has; an account has each of the others only
 * once somebody has enabled it there. AWS adds none to these:
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const ENABLED_BY_DEFAULT = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
  ...['ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
];

/** Whether an account has a region only once it is enabled there. */
export function isOptIn(region: string): boolean {
  return partitionOfRegion(region) === 'aws' && !ENABLED_BY_DEFAULT.includes(region);
}
