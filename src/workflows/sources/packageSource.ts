import type { FunctionAccess } from '../../activities/access.js';
import type { FunctionSnapshot, SettingName } from '../../domain/functions.js';
import { packageChanged, packageUri } from '../../domain/packages.js';
import type { FunctionSettings } from '../../domain/plan.js';
import { keepsFromSplitting } from '../../domain/release.js';
import type { ReleasedFunction } from '../../domain/target.js';
import { mutating, reading } from '../temporal/activities.js';
import type { MutationRequest, ReleaseSource } from './source.js';

/** A function that becomes what the plan says, with the code of a package. */
export function fromPackage({ plan, package: pinned }: ReleasedFunction): ReleaseSource {
  return {
    plan,
    inspect: (access) =>
      reading(`look at ${plan.name}`).inspectFunction({ ...access, plan, package: pinned }),
    wantedCode: () => pinned.codeSha256,
    keepsFromSplitting: (snapshot: FunctionSnapshot) => keepsFromSplitting(snapshot, plan),
    publishedVersion: undefined,
    packageUri: packageUri(pinned),
    create: (access: FunctionAccess) =>
      mutating(`create ${plan.name}`).createFunction({ ...access, plan, package: pinned }),
    sendSettings: (request: MutationRequest, names: SettingName[]) =>
      mutating(`change ${names.join(', ')} of ${plan.name}`).updateSettings({
        ...request,
        settings: pick(plan.settings, names),
      }),
    sendCode: (request: MutationRequest) => {
      const { architectures } = plan.settings;
      return mutating(`change the code of ${plan.name}`).updateCode({
        ...request,
        package: pinned,
        ...(architectures !== undefined && { architectures }),
      });
    },
    overwritten: (codeSha256, { target }) =>
      codeSha256 === pinned.codeSha256 ? undefined : packageChanged(pinned, target, plan.name),
  };
}

function pick(settings: FunctionSettings, names: readonly string[]): Partial<FunctionSettings> {
  const wanted = new Set(names);
  if (wanted.has('environmentHashes')) wanted.add('environment');
  return Object.fromEntries(Object.entries(settings).filter(([name]) => wanted.has(name)));
}
