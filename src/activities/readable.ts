import type { FunctionState } from '../domain/functions.js';
import { UNREADABLE, type ObservedSettings } from '../domain/functionSettings.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { hiddenKey } from './codeKey.js';

/**
 * Refuses to go on when the environment matters and cannot be read: it could neither be compared nor
 * restored, taking it for empty would wipe it, and with a new key it has to be sent again. The same
 * goes for the key of the code.
 */
export function assertReadable(
  access: FunctionAccess,
  state: FunctionState,
  wanted: Partial<ObservedSettings>,
): void {
  const { settings } = state;
  if (wanted.sourceKmsKeyArn !== undefined && settings.sourceKmsKeyArn === UNREADABLE) {
    throw hiddenKey(access);
  }
  const { kmsKeyArn = settings.kmsKeyArn } = wanted;
  if (wanted.environmentHashes === undefined && kmsKeyArn === settings.kmsKeyArn) return;
  const why = state.settings.environmentHashes[UNREADABLE];
  if (why === undefined) return;
  const { deployRoleArn, function: name, region, target } = access;
  // AWS says AccessDenied… of a key that the role may not use, and names the key's state otherwise.
  const isDenied = why === '' || why.includes('AccessDenied');
  throw activityFailure(
    {
      code: 'accessDenied',
      message: isDenied
        ? `The deploy role may not decrypt the environment of ${name} in ${region}.`
        : `The environment of ${name} in ${region} cannot be decrypted, so it could not be put back either: AWS says ${why} of its key.`,
      remedy: isDenied
        ? `Give ${deployRoleArn} kms:Decrypt on the key of the function's environment.`
        : "Enable the key of the function's environment again, or cancel its deletion.",
      target,
      function: name,
    },
    { retryable: false },
  );
}
