import { accountOf } from '../../src/domain/arns.js';
import type { FunctionPlan, Plan, TargetPlan } from '../../src/domain/plan.js';
import { makeBucket, putPackage } from './buckets.js';
import { examplePackage } from './packages.js';
import { makeDeployRole, makeExecutionRole } from './roles.js';

export interface SeedOptions {
  awsEndpoint: string;
  /** Account id to the external id that the account's deploy roles ask for. */
  externalIds?: ReadonlyMap<string, string>;
  /** Whether the buckets keep every version of their objects. */
  versioned?: boolean;
}

/**
 * Makes what a deployment takes for granted: deploy roles that trust the worker's account,
 * execution roles that trust Lambda, and buckets with the packages of examples/packages.
 */
export async function seedAccounts(plan: Plan, options: SeedOptions): Promise<void> {
  for (const target of plan.targets) {
    const externalId = options.externalIds?.get(accountOf(target.deployRoleArn));
    await makeDeployRole(options.awsEndpoint, target.deployRoleArn, externalId);
    for (const planned of target.functions) await seedFunction(planned, target, options);
  }
}

async function seedFunction(planned: FunctionPlan, target: TargetPlan, options: SeedOptions) {
  const { awsEndpoint, versioned = false } = options;
  const account = accountOf(target.deployRoleArn);
  const place = { awsEndpoint, account, region: target.region };
  await makeExecutionRole(awsEndpoint, planned.settings.role);
  await makeBucket(planned.package.bucket, place, versioned);
  await putPackage(planned.package, await examplePackage(planned.package.key), place);
}
