import { userInfo } from 'node:os';
import {
  connect,
  type QueuedDeployment,
  type Sluice,
  type StartedDeployment,
} from '../../client.js';
import type { Asked } from '../../config/index.js';
import { findPlan } from '../../client/planSource.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../failure.js';
import { createPresenter } from '../presenter/createPresenter.js';
import type { Presenter } from '../presenter/presenter.js';
import { uiLink } from '../uiLink.js';
import { missingWorker } from '../view/missingWorker.js';
import { awaitTurn } from './turn.js';
import { watch } from './watch.js';

export interface DeployStartOptions {
  /** `-` for standard input. */
  file: string;
  asked: Asked;
  output: OutputFormat;
  watch?: boolean;
  startedBy?: string;
  commit?: string;
  /** Roll the deployment that runs back and go next. */
  supersede?: boolean;
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
    const accepted = await sluice.start({ ...origin, plan, ...(startedBy && { startedBy }) });
    if (accepted.state === 'queued') presenter.queued(accepted);
    else presenter.started({ ...accepted, ...link(console, accepted) });
    if (!accepted.workersPolling) presenter.notice(missingWorker(sluice));
    return watching ? await follow(sluice, accepted, presenter) : 'succeeded';
  } finally {
    presenter.close();
    await sluice.close();
  }
}

async function follow(
  sluice: Sluice,
  accepted: StartedDeployment | QueuedDeployment,
  presenter: Presenter,
): Promise<ExitReason> {
  if (accepted.state === 'started') return watch(sluice, accepted, presenter);
  const turn = await awaitTurn(sluice, accepted, presenter);
  return typeof turn === 'string' ? turn : watch(sluice, turn, presenter);
}

function link({ environment }: Console, started: StartedDeployment): { link?: string } {
  const address = uiLink(environment, started);
  return address === undefined ? {} : { link: address };
}

/** A container may run as a user that has no name. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
