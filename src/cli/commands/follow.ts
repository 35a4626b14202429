import type { DeploymentFacts, QueuedDeployment } from '../../client.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { Connected } from './connected.js';
import { untilInterrupted } from './interruption.js';
import { watch } from './watch.js';

type Waiting = Pick<QueuedDeployment, 'application' | 'deploymentId'>;

/** Shows a deployment that waits for its turn from its place in the queue to its end. */
export async function follow(
  connected: Connected,
  waiting: Waiting,
  console: Console,
): Promise<ExitReason> {
  const run = await awaitTurn(connected, waiting);
  return typeof run === 'string' ? run : watch(connected, run, console);
}

/**
 * Waits until a queued deployment runs, or somebody presses Ctrl-C, which leaves it in the queue.
 *
 * @returns its run, or why the command ends without one
 */
async function awaitTurn(
  { sluice, presenter }: Connected,
  waiting: Waiting,
): Promise<DeploymentFacts | ExitReason> {
  const turn = await untilInterrupted((signal) => sluice.untilReleased(waiting, signal));
  if (turn === undefined) {
    const { application, deploymentId } = waiting;
    presenter.detached({ application, waiting: deploymentId });
    return 'detached';
  }
  if ('run' in turn) return turn.run;
  presenter.dropped(turn.dropped);
  return turn.dropped.reason === 'cancelled' ? 'cancelled' : 'conflict';
}
