import type { FunctionState } from '../domain/functions.js';
import { UNREADABLE, type ObservedSettings } from '../domain/functionSettings.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';

/**
 * Refuses to go on when the environment matters and cannot be read: it could neither be compared nor
 * restored, and taking it for empty would wipe it.
 */
export function assertReadable(
  access: FunctionAccess,
  state: FunctionState,
  wanted: Partial<ObservedSettings>,
): void {
  if (wanted.environmentHashes === undefined) return;
  if (!(UNREADABLE in state.settings.environmentHashes)) return;
  throw activityFailure(
    {
      code: 'accessDenied',
      message: `The deploy role may not decrypt the environment of ${access.function} in ${access.region}.`,
      remedy: `Give ${access.deployRoleArn} kms:Decrypt on the key of the function's environment.`,
      target: access.target,
      function: access.function,
    },
    { retryable: false },
  );
}
