import type { FunctionAccess } from '../../activities/access.js';
import type { SettingName } from '../../domain/functionSettings.js';
import type { FunctionSnapshot } from '../../domain/functions.js';
import { templatesOf } from '../../domain/environmentTemplates.js';
import { packageChanged, packageUri, storedBytes } from '../../domain/packages.js';
import { REQUEST_TIMEOUT_MS } from '../../domain/requestTimeout.js';
import { keepsFromSplitting } from '../../domain/release.js';
import { codeSettings, pickPlanned } from '../../domain/settingSelection.js';
import type { ReleasedFunction } from '../../domain/target.js';
import { mutating, reading } from '../temporal/activities.js';
import type { MutationRequest, ReleaseSource } from './source.js';

/** A function that becomes what the plan says, with the code of a package. */
export function fromPackage({ plan, package: pinned }: ReleasedFunction): ReleaseSource {
  const templates = templatesOf(plan.settings.environment);
  const isFilledIn = Object.keys(templates).length > 0;
  return {
    plan,
    functionWide: plan.functionWide ?? {},
    keepVersions: plan.keepVersions,
    inspect: (access) =>
      reading(`look at ${plan.name}`).inspectFunction({ ...access, plan, package: pinned }),
    wantedEnvironment: ({ wanted: { environmentHashes: wanted } }, version) => {
      if (wanted === undefined || !isFilledIn) return wanted && { wanted };
      // What a secret has become meanwhile, or whether it can be read, is of no matter then.
      return version === undefined ? { wanted, templates } : { wanted, wantedVersion: version };
    },
    isFilledIn,
    wantedCode: () => pinned.codeSha256,
    keepsFromSplitting: (snapshot: FunctionSnapshot) => keepsFromSplitting(snapshot, plan),
    publishedVersion: undefined,
    packageUri: packageUri(pinned),
    create: (access: FunctionAccess) =>
      mutating(`create ${plan.name}`).createFunction({ ...access, plan, package: pinned }),
    sendSettings: (request: MutationRequest, names: SettingName[]) =>
      mutating(`change ${names.join(', ')} of ${plan.name}`).updateSettings({
        ...request,
        settings: pickPlanned(plan.settings, names),
      }),
    sendCode: (request: MutationRequest) =>
      mutating(`change the code of ${plan.name}`).updateCode({
        ...request,
        package: pinned,
        ...codeSettings(plan.settings),
      }),
    codeTimeoutMs: () => REQUEST_TIMEOUT_MS,
    codeBytes: () => storedBytes(pinned),
    overwritten: (codeSha256, { target }) =>
      codeSha256 === pinned.codeSha256 ? undefined : packageChanged(pinned, target, plan.name),
  };
}
