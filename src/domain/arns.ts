/** The twelve-digit account in an ARN, or an empty string when the text is not an ARN. */
export function accountOf(arn: string): string {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? '';
}

/** The partition of an ARN, such as `aws-cn`; empty for what is no ARN. */
export function partitionOf(arn: string): string {
  return /^arn:([^:]+):/.exec(arn)?.[1] ?? '';
}

/**
 * The partitions of regions by how these begin; all others are in `aws`.
 *
 * Source: https://docs.aws.amazon.com/general/latest/gr/rande.html and the partitions of AWS's SDKs.
 */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The partition that a region is in, such as `aws` or `aws-cn`. */
export function partitionOfRegion(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
