import { wantedSettings } from '../../src/activities/functionState.js';
import type { InspectInput, Inspection } from '../../src/activities/inspect.js';
import { defined } from '../../src/domain/defined.js';
import type {
  AliasShape,
  AliasState,
  FunctionState,
  Provisioned,
  VersionState,
} from '../../src/domain/functions.js';
import { readMark } from '../../src/domain/marks.js';
import type { ReadBack } from '../../src/domain/readBack.js';
import { sameContent } from '../../src/domain/sameContent.js';
import { differingSettings } from '../../src/domain/settingSelection.js';
import type { MemoryFunction } from './memoryFunction.js';
import { servedBy, shape, sole } from './memoryRules.js';
import { wideIn } from './memoryWide.js';

/** What a function is, and what the plan would change. */
export function inspection(found: MemoryFunction | undefined, input: InspectInput): Inspection {
  const wanted = wantedSettings(input.plan.settings, input);
  if (found === undefined) return { snapshot: {}, wanted };
  const alias = found.aliases.get(input.plan.alias ?? '');
  const served = alias === undefined ? undefined : servedBy(found, alias);
  const changes = (state: FunctionState) => ({
    code: state.codeSha256 !== input.package.codeSha256,
    settings: differingSettings(state.settings, wanted),
  });
  return {
    snapshot: {
      latest: found.latest,
      ...(alias !== undefined && { alias, trafficBefore: trafficOf(found.versions, alias) }),
      ...(served !== undefined && { served }),
      ...(served && sameContent(served, found.latest) && { servesContentOfLatest: true }),
      ...defined({ provisioned: provisionedIn(found, input.plan.alias) }),
      ...(input.plan.functionWide && { wide: wideIn(found, input.plan.functionWide) }),
    },
    wanted,
    latest: changes(found.latest),
    served: changes(served ?? found.latest),
  };
}

/** Weights that a deployment has left behind are not what a rollback gives back. */
function trafficOf(versions: readonly VersionState[], alias: AliasState): AliasShape {
  if (alias.holder !== undefined) return sole(alias.version);
  const leftBehind = versions.some(
    ({ version, description }) =>
      version in alias.weights &&
      Number(version) > Number(alias.version) &&
      readMark(description)?.packageUri !== undefined,
  );
  return leftBehind ? sole(alias.version) : shape(alias);
}

/** What versions and the alias have, where any of them has something. */
function provisionedIn(
  { provisioned = new Map() }: MemoryFunction,
  alias: string | undefined,
): Provisioned | undefined {
  const found = [...provisioned].filter(([, environments]) => environments > 0);
  if (found.length === 0) return undefined;
  const versions = found.filter(([qualifier]) => /^[0-9]+$/.test(qualifier));
  return {
    versions: Object.fromEntries(versions),
    ...defined({ alias: provisioned.get(alias ?? '') }),
  };
}

/** What AWS would say of a function. */
export function readBack(
  found: MemoryFunction | undefined,
  { alias: aliasName, provisioned: asked }: { alias?: string; provisioned?: string[] },
): ReadBack {
  const readAt = new Date().toISOString();
  if (found === undefined) return { readAt };
  const { latest, aliases } = found;
  const provisioned = asked && {
    provisioned: Object.fromEntries(asked.map((one) => [one, found.provisioned?.get(one) ?? 0])),
  };
  const alias = aliases.get(aliasName ?? '');
  if (alias === undefined) return { readAt, latest, ...provisioned };
  const served = servedBy(found, alias)?.codeSha256;
  return {
    readAt,
    latest,
    alias: shape(alias),
    ...defined({ servedCodeSha256: served }),
    ...provisioned,
  };
}
