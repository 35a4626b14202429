import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import type { Failure } from '../domain/failures.js';
import { sideBySide } from '../domain/sideBySide.js';
import type { VersionedSecrets } from './secrets/secretStore.js';

/** The secrets that a deployment fills environments in from. */
export interface PinSecretsInput {
  application: string;
  names: string[];
}

/** A place may keep no versions: then a secret is what it is whenever it is read. */
export type PinnedSecret = { version?: string } | { failure: Failure };

/** How many secrets are read at once. */
const SIDE_BY_SIDE = 5;

/**
 * Fixes secrets to the values they have now, in the order of their names. What fails for good is an
 * answer, because targets without that secret can still go on; what may pass is tried again.
 */
export function pinSecrets(secrets: VersionedSecrets) {
  return async function pinSecrets({
    application,
    names,
  }: PinSecretsInput): Promise<PinnedSecret[]> {
    return sideBySide(names, SIDE_BY_SIDE, async (name): Promise<PinnedSecret> => {
      try {
        return defined({ version: await secrets.versionOf(application, name) });
      } catch (error) {
        if (!(error instanceof ApplicationFailure) || error.nonRetryable !== true) throw error;
        return { failure: error.details?.[0] as Failure };
      }
    });
  };
}
