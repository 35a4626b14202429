import { connect, type Preflight } from '../../client.js';
import { findPlan } from '../../client/planSource.js';
import { hasChanges, wouldFail } from '../../client/preflightReport.js';
import type { Asked } from '../../config/index.js';
import { forApplication } from '../applicationName.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../failure.js';
import { lookedAhead } from '../lookAhead.js';
import { showPreflight } from '../showPreflight.js';

export interface DeployPlanOptions {
  /** `-` for standard input. */
  file: string;
  /** Goes before the application of the file. */
  name?: string;
  asked: Asked;
  output: OutputFormat;
  /** Whether the exit code tells changes from no changes. */
  detailedExitcode?: boolean;
  /** Whether AWS is asked with a dry run whether it takes the packages. */
  dryRunCode?: boolean;
}

/** `sluice deploy plan`. What is wrong with the file is said before Temporal is asked. */
export async function deployPlan(
  { file, name, asked, output, detailedExitcode = false, dryRunCode = false }: DeployPlanOptions,
  console: Console,
): Promise<ExitReason> {
  const { plan, warnings } = await findPlan({ ...(await sourceOf(file)), asked });
  const warning = warnings({ colour: console.colours });
  if (warning !== '') console.err(`${warning}\n`);
  const named = forApplication(plan, name);
  const sluice = await connect({ environment: console.environment });
  try {
    const preflight = await lookedAhead(sluice, { plan: named, dryRunCode });
    if (preflight === undefined) return 'detached';
    const reason = reasonOf(preflight, detailedExitcode);
    showPreflight(preflight, reason, output, console);
    return reason;
  } finally {
    await sluice.close();
  }
}

function reasonOf(preflight: Preflight, detailed: boolean): ExitReason {
  if (wouldFail(preflight)) return 'failed';
  return detailed && hasChanges(preflight) ? 'changes' : 'succeeded';
}
