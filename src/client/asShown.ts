import { defined } from '../domain/defined.js';
import { exactImage, isImage, packageUri } from '../domain/packages.js';
import type { Plan, PlannedPackage } from '../domain/plan.js';
import type { FunctionPreflight, TargetPreflight } from '../domain/preflight.js';
import type { Preflight } from './preflightReport.js';

/**
 * The plan with exactly the packages that were looked at: what lies in their places by the time it
 * starts is not deployed in their stead. A package that could not be read stays as it is.
 */
export function asShown(plan: Plan, { targets: shown }: Pick<Preflight, 'targets'>): Plan {
  const byName = new Map(shown.map((one) => [one.target, packagesOf(one)]));
  const targets = plan.targets.map((target) => ({
    ...target,
    functions: target.functions.map((one) => {
      const found = byName.get(target.name)?.get(one.name);
      return found === undefined ? one : { ...one, package: exactly(one.package, found) };
    }),
  }));
  return { ...plan, targets };
}

type ShownPackage = NonNullable<FunctionPreflight['package']>;

function packagesOf({ functions }: TargetPreflight): Map<string, ShownPackage> {
  return new Map(
    functions.flatMap(({ name, package: found }) => (found === undefined ? [] : [[name, found]])),
  );
}

function exactly(planned: PlannedPackage, { uri, codeSha256 }: ShownPackage): PlannedPackage {
  if (isImage(planned)) return exactImage({ imageUri: planned.imageUri, codeSha256 });
  const { bucket, key } = planned;
  // A key may hold what looks like a version.
  const place = `${packageUri({ bucket, key })}?versionId=`;
  const versionId = uri.startsWith(place) ? uri.slice(place.length) : undefined;
  return { bucket, key, codeSha256, ...defined({ versionId }) };
}
