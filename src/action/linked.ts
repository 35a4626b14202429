import { uiLink } from '../cli/uiLink.js';
import type { Environment } from '../settings/environment.js';
import { writeOutputs } from './files.js';

/** A run with the address where the Temporal UI shows it, which the next steps get as well. */
export async function linked<Run extends Parameters<typeof uiLink>[1]>(
  run: Run,
  environment: Environment,
): Promise<Run & { link?: string }> {
  const link = uiLink(environment, run);
  if (link === undefined) return run;
  await writeOutputs(environment, { LINK: link });
  return { ...run, link };
}
