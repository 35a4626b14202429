import type { QueuedDeployment, StartedDeployment } from '../../client.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { uiLink } from '../uiLink.js';
import { missingWorker } from '../view/missingWorker.js';
import type { Connected } from './connected.js';
import { follow } from './follow.js';
import { watch as watchRun } from './watch.js';

/** Says that a deployment was started or queued and, if that is asked for, shows it to its end. */
export async function begin(
  { sluice, presenter }: Connected,
  accepted: StartedDeployment | QueuedDeployment,
  { watch = false }: { watch?: boolean },
  console: Console,
): Promise<ExitReason> {
  if (accepted.state === 'queued') presenter.queued(accepted);
  else presenter.started({ ...accepted, ...link(console, accepted) });
  if (!accepted.workersPolling) presenter.notice(missingWorker(sluice));
  if (!watch) return 'succeeded';
  const toItsEnd = accepted.state === 'queued' ? follow : watchRun;
  return toItsEnd({ sluice, presenter }, accepted, console);
}

function link({ environment }: Console, started: StartedDeployment): { link?: string } {
  const address = uiLink(environment, started);
  return address === undefined ? {} : { link: address };
}
