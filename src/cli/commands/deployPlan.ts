import { hasChanges, type Preflight, wouldFail } from '../../client.js';
import { findPlan, strictly } from '../../client/planSource.js';
import type { Adjustments } from '../../config/index.js';
import { terminal } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { connected } from './connected.js';
import { lookAhead } from './lookAhead.js';

export interface DeployPlanOptions {
  /** `-` for standard input. */
  file: string;
  asked: Adjustments;
  output: OutputFormat;
  /** Whether the exit code tells changes from no changes. */
  detailedExitcode?: boolean;
  /** Whether AWS is asked with a dry run whether it takes the packages. */
  dryRunCode?: boolean;
  /** Whether targets that deploy one function must have the same bytes. */
  strictArtifacts?: boolean;
}

/** `sluice deploy plan`. What is wrong with the file is said before Temporal is asked. */
export async function deployPlan(
  {
    file,
    asked,
    output,
    detailedExitcode = false,
    dryRunCode = false,
    ...given
  }: DeployPlanOptions,
  console: Console,
): Promise<ExitReason> {
  const { plan, warnings } = await findPlan({ ...(await sourceOf(file, console)), asked });
  const warning = warnings({ colour: console.colours });
  if (warning.text !== '') console.err(terminal`${warning}\n`);
  return connected(output, console, async ({ sluice, presenter }) => {
    const preflight = await lookAhead(sluice, { plan: strictly(plan, given), dryRunCode });
    if (preflight === undefined) return 'detached';
    const reason = reasonOf(preflight, detailedExitcode);
    presenter.preflight(preflight, reason);
    return reason;
  });
}

function reasonOf(preflight: Preflight, detailed: boolean): ExitReason {
  if (wouldFail(preflight)) return 'failed';
  return detailed && hasChanges(preflight) ? 'changes' : 'succeeded';
}
