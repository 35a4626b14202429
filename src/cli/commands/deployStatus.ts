import { connect, type DeploymentFacts, type DeploymentReport, type Sluice } from '../../client.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../failure.js';
import { createPresenter } from '../presenter/createPresenter.js';

export interface DeployStatusOptions {
  name?: string;
  id?: string;
  output: OutputFormat;
}

/** `sluice deploy status`. It succeeds when it could say something, however the deployment is. */
export async function deployStatus(
  options: DeployStatusOptions,
  console: Console,
): Promise<ExitReason> {
  const sluice = await connect({ environment: console.environment });
  const presenter = createPresenter(options.output, console, sluice);
  try {
    const found = await look(sluice, options);
    if (Array.isArray(found)) presenter.running(found, nothingRuns(sluice));
    else presenter.status(found);
    return 'succeeded';
  } finally {
    await sluice.close();
  }
}

/** One deployment, or all that run when none was named and there is not exactly one. */
async function look(
  sluice: Sluice,
  { name, id }: DeployStatusOptions,
): Promise<DeploymentReport | DeploymentFacts[]> {
  if (name !== undefined) return sluice.status(name);
  if (id !== undefined) return reportOf(sluice, await sluice.find(id));
  const running: DeploymentFacts[] = [];
  for await (const facts of sluice.running()) running.push(facts);
  const [only] = running;
  return running.length === 1 && only ? reportOf(sluice, only) : running;
}

function reportOf(sluice: Sluice, { application, runId }: DeploymentFacts) {
  return sluice.status(application, { runId });
}

function nothingRuns({ namespace, address }: Sluice): string {
  return `No deployment runs in namespace ${namespace} at ${address}.`;
}
