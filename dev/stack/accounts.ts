import { accountOf } from '../../src/domain/arns.js';
import { isImage } from '../../src/domain/packages.js';
import type { PackageLocation, Plan, TargetPlan } from '../../src/domain/plan.js';
import { allowReading, makeBucket, putPackage } from './buckets.js';
import { examplePackage } from './packages.js';
import { seedImage } from './repositories.js';
import { makeDeployRole, makeExecutionRole } from './roles.js';

export interface SeedOptions {
  awsEndpoint: string;
  /** Account id to the external id that the account's deploy roles ask for. */
  externalIds?: ReadonlyMap<string, string>;
  /** Whether the buckets keep every version of their objects. */
  versioned?: boolean;
}

/**
 * Makes what a deployment takes for granted: deploy roles that the stack's worker and people beside it
 * may assume, execution roles that trust Lambda, buckets with the packages of examples/packages, and
 * repositories with container images. A bucket belongs to the first account that takes packages from
 * it, and the others may read it.
 */
export async function seedAccounts(plan: Plan, options: SeedOptions): Promise<void> {
  const { awsEndpoint, externalIds } = options;
  const buckets = new Map<string, Bucket>();
  const images = new Map<string, Set<string>>();
  for (const target of plan.targets) {
    const account = accountOf(target.deployRoleArn);
    await makeDeployRole(awsEndpoint, target.deployRoleArn, externalIds?.get(account));
    for (const { settings, package: code } of target.functions) {
      await makeExecutionRole(awsEndpoint, settings.role);
      if (isImage(code)) {
        images.set(code.imageUri, (images.get(code.imageUri) ?? new Set()).add(account));
        continue;
      }
      const bucket = bucketFor(code, target, buckets);
      bucket.keys.add(code.key);
      bucket.accounts.add(account);
    }
  }
  for (const [name, bucket] of buckets) await seedBucket(name, bucket, options);
  for (const [imageUri, accounts] of images) await seedImage(imageUri, accounts, awsEndpoint);
}

interface Bucket {
  region: string;
  keys: Set<string>;
  /** The first owns it. */
  accounts: Set<string>;
}

function bucketFor(
  { bucket }: PackageLocation,
  { region }: TargetPlan,
  buckets: Map<string, Bucket>,
): Bucket {
  const found = buckets.get(bucket) ?? { region, keys: new Set(), accounts: new Set() };
  buckets.set(bucket, found);
  return found;
}

async function seedBucket(
  name: string,
  {
    region,
    keys,
    accounts: [owner = '', ...readers],
  }: Omit<Bucket, 'accounts'> & {
    accounts: Iterable<string>;
  },
  { awsEndpoint, versioned = false }: SeedOptions,
): Promise<void> {
  const place = { awsEndpoint, account: owner, region };
  await makeBucket(name, place, versioned);
  if (readers.length > 0) await allowReading(name, readers, place);
  for (const key of keys) await putPackage({ bucket: name, key }, await examplePackage(key), place);
}
