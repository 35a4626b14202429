import type { DeploymentFacts, QueuedDeployment, StartedDeployment } from '../../client.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { Connected } from './connected.js';
import { untilInterrupted } from './interruption.js';
import { watch } from './watch.js';

/** Shows a deployment from its place in the queue, if it has one, to its end. */
export async function follow(
  connected: Connected,
  accepted: StartedDeployment | QueuedDeployment,
  console: Console,
): Promise<ExitReason> {
  const run = accepted.state === 'started' ? accepted : await awaitTurn(connected, accepted);
  return typeof run === 'string' ? run : watch(connected, run, console);
}

/**
 * Waits until a queued deployment runs, or somebody presses Ctrl-C, which leaves it in the queue.
 *
 * @returns its run, or why the command ends without one
 */
async function awaitTurn(
  { sluice, presenter }: Connected,
  queued: QueuedDeployment,
): Promise<DeploymentFacts | ExitReason> {
  const turn = await untilInterrupted((signal) => sluice.untilReleased(queued, signal));
  if (turn === undefined) {
    presenter.detached(queued.application);
    return 'detached';
  }
  if ('run' in turn) return turn.run;
  presenter.dropped(turn.dropped);
  return turn.dropped.reason === 'cancelled' ? 'cancelled' : 'conflict';
}
