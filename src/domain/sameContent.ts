import type { FunctionState } from './functions.js';
import { differingSettings, pickSettings, PUBLISHED_SETTINGS } from './settingSelection.js';

type Content = Pick<FunctionState, 'codeSha256' | 'settings'>;

/**
 * Whether two states of a function, each of `$LATEST` or of a version, are the same code with the same
 * settings, as far as versions keep them. What a workflow knows of
 * environment values tells no two apart that the plan does not name: an activity has to ask this.
 */
export function sameContent(one: Content, other: Content): boolean {
  return (
    one.codeSha256 === other.codeSha256 &&
    differingSettings(one.settings, pickSettings(other.settings, PUBLISHED_SETTINGS)).length === 0
  );
}
