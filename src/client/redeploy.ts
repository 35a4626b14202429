import { randomUUID } from 'node:crypto';
import type { GoingBack } from '../domain/goingBack.js';
import { exactImage, isImage, placeOf, type PinnedPackage } from '../domain/packages.js';
import type { FunctionPlan, Plan, PlannedPackage, TargetPlan } from '../domain/plan.js';
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
  if (found !== undefined) return { ...one, package: meant(found) };
  throw new SluiceError(
    'notAccepted',
    `Deployment ${deploymentId} did not get as far as reading the package of ${one.name} for ` +
      `${target.name}, so it is not known which bytes it meant. Start its file instead.`,
  );
}

/** A plan says which bytes it means; how many they are, AWS says. */
function meant({ bytes: _, ...pinned }: PinnedPackage): PlannedPackage {
  return isImage(pinned) ? exactImage(pinned) : pinned;
}

/** By role, region and place, as the deployment read them. */
function pinnedBy({ events }: Earlier): Map<string, PinnedPackage> {
  const pinned = new Map<string, PinnedPackage>();
  for (const { input, result } of activitiesOf(events, 'pinPackages')) {
    const requests = listOf<TargetPlan & { package: PlannedPackage }>(input);
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
  planned: PlannedPackage,
): string {
  return JSON.stringify([deployRoleArn, region, ...placeOf(planned)]);
}
