import { defined } from '../../domain/defined.js';
import { oldPackageChanged } from '../../domain/packages.js';
import { uploadTimeoutMs } from '../../domain/requestTimeout.js';
import type { RestoredFunction } from '../../domain/target.js';
import { mutating, reading } from '../temporal/activities.js';
import type { ReleaseSource } from './source.js';

/**
 * A function that becomes again what one of its versions is. An alias only has to serve that
 * version; without one, code and settings are copied from it.
 */
export function fromVersion({ plan }: RestoredFunction): ReleaseSource {
  const fromVersion = plan.version;
  return {
    plan,
    functionWide: {},
    keepVersions: undefined,
    inspect: (access) => reading(`look at ${plan.name}`).inspectVersion({ ...access, plan }),
    wantedEnvironment: ({ wanted }) => wanted.environmentHashes && { wantedVersion: fromVersion },
    isFilledIn: false,
    wantedCode: ({ wantedCode }) => wantedCode ?? '',
    keepsFromSplitting: () => undefined,
    publishedVersion: plan.alias === undefined ? undefined : plan.version,
    packageUri: undefined,
    create: undefined,
    sendSettings: (request, names) =>
      mutating(`change ${names.join(', ')} of ${plan.name}`).restoreSettings({
        ...request,
        fromVersion,
        names,
      }),
    sendCode: (request) =>
      mutating(`change the code of ${plan.name}`).restoreCode({
        ...request,
        fromVersion,
        ...defined({ replacedCode: plan.replacedCode }),
      }),
    codeTimeoutMs: ({ wantedCodeBytes }) => uploadTimeoutMs(wantedCodeBytes),
    codeBytes: ({ wantedCodeBytes = 0 }) => (plan.alias === undefined ? wantedCodeBytes : 0),
    overwritten: (codeSha256, { target }, { wantedCode }) =>
      codeSha256 === wantedCode ? undefined : oldPackageChanged(target, plan.name),
  };
}
