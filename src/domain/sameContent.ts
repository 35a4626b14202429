import type { FunctionState } from './functions.js';
import { differingSettings } from './settingSelection.js';

type Content = Pick<FunctionState, 'codeSha256' | 'settings'>;

/**
 * Whether two states of a function are the same code with the same settings. What a workflow knows of
 * environment values tells no two apart that the plan does not name: an activity has to ask this.
 */
export function sameContent(one: Content, other: Content): boolean {
  return (
    one.codeSha256 === other.codeSha256 &&
    differingSettings(one.settings, other.settings).length === 0
  );
}
