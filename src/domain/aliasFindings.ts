import { shapeText, type FunctionSnapshot } from './functions.js';
import type { FunctionPlan } from './plan.js';
import type { PreflightWarning } from './preflight.js';
import { isPinnedFirst } from './release.js';

/** What people should know of the alias of a function that would change. */
export function aliasWarnings(
  { snapshot }: { snapshot: FunctionSnapshot },
  { name, alias: aliasName = '' }: FunctionPlan,
): PreflightWarning[] {
  const { alias } = snapshot;
  if (alias === undefined || !isPinnedFirst(snapshot)) return [];
  return [
    {
      code: 'aliasOnLatest',
      message:
        `Alias ${aliasName} of ${name} serves ${shapeText(alias)}, where every change would be live at once. ` +
        'What $LATEST is now is published first, and the alias pointed at that version, before anything is changed.',
      remedy:
        'From then on the alias names versions, and no longer follows $LATEST; a rollback during the deployment points it at $LATEST again.',
    },
  ];
}
