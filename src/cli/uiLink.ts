import { type LinkedRun, runLink } from '../domain/runLink.js';
import { type Environment, variable } from '../settings/environment.js';

/** The address of a run in the Temporal UI, when it is known where that is. */
export function uiLink(environment: Environment, run: LinkedRun): string | undefined {
  const base = variable(environment, 'SLUICE_UI_URL')?.replace(/(?<!\/)\/+$/, '');
  return base === undefined ? undefined : runLink(base, run);
}
