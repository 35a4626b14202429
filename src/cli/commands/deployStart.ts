import { userInfo } from 'node:os';
import { connect } from '../../client.js';
import type { Asked } from '../../config/index.js';
import { findPlan } from '../../client/planSource.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../failure.js';
import { createPresenter } from '../presenter/createPresenter.js';
import { uiLink } from '../uiLink.js';
import { missingWorker } from '../view/missingWorker.js';
import { watch } from './watch.js';

export interface DeployStartOptions {
  /** `-` for standard input. */
  file: string;
  asked: Asked;
  output: OutputFormat;
  watch?: boolean;
  startedBy?: string;
  commit?: string;
}

/** `sluice deploy start`. What is wrong with the file is said before Temporal is asked. */
export async function deployStart(
  { file, asked, output, watch: watching, ...origin }: DeployStartOptions,
  console: Console,
): Promise<ExitReason> {
  const { plan, warnings } = await findPlan({ ...(await sourceOf(file)), asked });
  const warning = warnings({ colour: console.colours });
  if (warning !== '') console.err(`${warning}\n`);

  const sluice = await connect({ environment: console.environment });
  const presenter = createPresenter(output, console, sluice);
  try {
    const startedBy = origin.startedBy ?? userName();
    const started = await sluice.start({ ...origin, plan, ...(startedBy && { startedBy }) });
    const link = uiLink(console.environment, started);
    presenter.started({ ...started, ...(link !== undefined && { link }) });
    if (!started.workersPolling) presenter.notice(missingWorker(sluice));
    return watching ? await watch(sluice, started, presenter) : 'succeeded';
  } finally {
    presenter.close();
    await sluice.close();
  }
}

/** A container may run as a user that has no name. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
