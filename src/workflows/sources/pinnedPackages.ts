import type { PinRequest, PinResult } from '../../activities/pin.js';
import type { Failure } from '../../domain/failures.js';
import { placeOf, type PinnedPackage } from '../../domain/packages.js';
import type { FunctionPlan, Plan, TargetPlan } from '../../domain/plan.js';
import { reading } from '../temporal/activities.js';
import { toFailure } from '../temporal/failure.js';
import { Slots } from '../temporal/slots.js';

/** Packages that one activity reads. */
const BATCH = 20;

/** The packages of a plan as they were when the deployment started. */
export interface PinnedPackages {
  of(target: TargetPlan, plan: FunctionPlan): Promise<PinResult>;
}

/**
 * Fixes every package of the plan to what it is now, each once for all targets that read it
 * with the same role in the same region. A batch is of one role and region: where one cannot be
 * reached, only its own targets wait.
 *
 * @param by - how patiently
 */
export function pinAll(plan: Plan, by: typeof reading = reading): PinnedPackages {
  const places = new Map<string, Map<string, PinRequest>>();
  for (const target of plan.targets) {
    for (const one of target.functions) {
      const place = JSON.stringify([target.deployRoleArn, target.region]);
      const requests = places.get(place) ?? new Map<string, PinRequest>();
      places.set(place, requests.set(keyOf(target, one), requestFor(plan, target, one)));
    }
  }
  const slots = new Slots();
  const results = new Map<string, Promise<PinResult>>();
  for (const requests of places.values()) {
    for (const batch of chunk([...requests], BATCH)) {
      const asked = batch.map(([, request]) => request);
      const bytes = JSON.stringify(asked).length;
      const pinned = slots.during(bytes, () => pinBatch(asked, by));
      batch.forEach(([key], index) => {
        results.set(
          key,
          pinned.then((all) => all[index] ?? missing),
        );
      });
    }
  }
  return { of: (target, one) => results.get(keyOf(target, one)) ?? Promise.resolve(missing) };
}

async function pinBatch(requests: PinRequest[], by: typeof reading): Promise<PinResult[]> {
  try {
    return await by(`fix the bytes of ${requests.length} packages`).pinPackages(requests);
  } catch (error) {
    const failure = toFailure(error);
    return requests.map(() => ({ failure }));
  }
}

const missing: { failure: Failure } = {
  failure: { code: 'internal', message: 'The package was not resolved.' },
};

function keyOf(target: TargetPlan, { package: planned }: FunctionPlan): string {
  const { deployRoleArn, region } = target;
  return JSON.stringify([deployRoleArn, region, ...placeOf(planned), planned.codeSha256]);
}

function requestFor(plan: Plan, target: TargetPlan, one: FunctionPlan): PinRequest {
  return {
    application: plan.application,
    deploymentId: plan.deploymentId,
    target: target.name,
    deployRoleArn: target.deployRoleArn,
    region: target.region,
    package: one.package,
  };
}

function chunk<Item>(items: Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
  }
  return chunks;
}

/** A target's packages in the order of its functions, or why one of them cannot be had. */
export async function packagesOf(
  target: TargetPlan,
  pinned: PinnedPackages,
): Promise<{ packages: PinnedPackage[] } | { failure: Failure }> {
  const packages: PinnedPackage[] = [];
  for (const one of target.functions) {
    const result = await pinned.of(target, one);
    if ('failure' in result) return { failure: { ...result.failure, target: target.name } };
    packages.push(result.pinned);
  }
  return { packages };
}
