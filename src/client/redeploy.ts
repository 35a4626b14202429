import { randomUUID } from 'node:crypto';
import type { GoingBack } from '../domain/goingBack.js';
import type { PinnedPackage } from '../domain/packages.js';
import type { FunctionPlan, Plan, TargetPlan } from '../domain/plan.js';
import { SluiceError } from '../errors.js';
import { activitiesOf, type Earlier, readEarlier } from './earlier.js';
import type { Link } from './link.js';
import type { DeploymentFacts } from './report.js';

/**
 * The plan of an earlier deployment, with exactly the packages that it had.
 *
 * @throws SluiceError `notAccepted` when it did not get as far as reading its packages
 */
export async function planAgain(link: Link, facts: DeploymentFacts): Promise<Plan> {
  const earlier = await readEarlier(link, facts);
  const pinned = pinnedBy(earlier);
  const { plan } = earlier;
  const targets = plan.targets.map((target) => ({
    ...target,
    functions: target.functions.map((one) => exactly(one, target, pinned, plan)),
  }));
  const goesBack: GoingBack = { to: 'again', deploymentId: plan.deploymentId };
  return { ...plan, deploymentId: randomUUID(), goesBack, targets };
}

function exactly(
  one: FunctionPlan,
  target: TargetPlan,
  pinned: ReadonlyMap<string, PinnedPackage>,
  { deploymentId }: Plan,
): FunctionPlan {
  const found = pinned.get(keyOf(target, one.package));
  if (found !== undefined) {
    // A plan says which bytes it means; how many they are, AWS says.
    const { bytes: _, ...meant } = found;
    return { ...one, package: meant };
  }
  throw new SluiceError(
    'notAccepted',
    `Deployment ${deploymentId} did not get as far as reading the package of ${one.name} for ` +
      `${target.name}, so it is not known which bytes it meant. Start its file instead.`,
  );
}

/** By role, region and place, as the deployment read them. */
function pinnedBy({ events }: Earlier): Map<string, PinnedPackage> {
  const pinned = new Map<string, PinnedPackage>();
  for (const { input, result } of activitiesOf(events, 'pinPackages')) {
    const requests = listOf<TargetPlan & { package: PinnedPackage }>(input);
    const results = listOf<{ pinned?: PinnedPackage }>(result);
    requests.forEach((request, index) => {
      const found = results[index]?.pinned;
      if (found !== undefined) pinned.set(keyOf(request, request.package), found);
    });
  }
  return pinned;
}

function listOf<Item>(value: unknown): Item[] {
  return Array.isArray(value) ? (value as Item[]) : [];
}

function keyOf(
  { deployRoleArn, region }: Pick<TargetPlan, 'deployRoleArn' | 'region'>,
  { bucket, key, versionId }: Pick<PinnedPackage, 'bucket' | 'key' | 'versionId'>,
): string {
  return JSON.stringify([deployRoleArn, region, bucket, key, versionId]);
}
