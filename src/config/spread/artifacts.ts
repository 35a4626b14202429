import { pairKey } from '../grouping.js';
import type { Path } from '../path.js';
import type { Draft } from '../written/draft.js';
import type { WrittenDeployment } from '../written/schema.js';
import { filledFor, reachOf, type SpreadEntries, type Spreading } from './entries.js';
import { LIST_PATHS, partKey } from './origins.js';

export type Artifact = NonNullable<NonNullable<Draft<WrittenDeployment>['artifacts']>[number]>;

/**
 * The artifacts with one entry for each target that deploys the function. One that says the same of
 * all targets stays as it is.
 *
 * @param deployed - which functions are deployed where
 */
export function spreadArtifacts(
  artifacts: readonly (Artifact | undefined)[],
  deployed: ReadonlySet<string>,
  spreading: Spreading,
): SpreadEntries<Artifact> {
  const spread: SpreadEntries<Artifact> = { entries: [], origins: [] };
  for (const [index, artifact] of artifacts.entries()) {
    const path = [...LIST_PATHS.artifacts, index];
    const add = (entry: Artifact | undefined, target?: string, targetPath: Path = path) => {
      spread.entries.push(entry);
      spread.origins.push(
        target === undefined
          ? { path }
          : { path, target, parts: new Map([[partKey(['targets']), targetPath]]) },
      );
    };
    const isSame = artifact !== undefined && !('targets' in artifact);
    if (artifact === undefined || (isSame && !spreading.filling.hasTemplates(artifact))) {
      add(artifact);
      continue;
    }
    const reach = reachOf(artifact, path, spreading);
    if (reach === undefined) {
      add({ ...artifact, functionName: undefined });
      continue;
    }
    for (const { value, place } of reach.strangers)
      add(
        { ...spreading.filling.unfilled(artifact), targets: [value] },
        value,
        place.path.slice(0, -1),
      );
    const asked = [...reach.matches].filter(([target]) => spreading.scopes.has(target));
    const all = asked.map(([target, { item }]) => ({
      target,
      targetPath: item?.place.path ?? path,
      entry: filledFor(artifact, path, target, spreading),
    }));
    const used = all.filter(({ target, entry }) =>
      deployed.has(pairKey(target, entry.functionName)),
    );
    // One that is used nowhere is told of.
    for (const { target, targetPath, entry } of used.length > 0 ? used : all.slice(0, 1))
      add({ ...entry, targets: [target] }, target, targetPath);
  }
  return spread;
}
