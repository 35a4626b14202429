import type { DeploymentFacts, QueuedDeployment, Sluice } from '../../client.js';
import type { ExitReason } from '../exitCodes.js';
import type { Presenter } from '../presenter/presenter.js';
import { untilInterrupted } from './interruption.js';

/**
 * Follows a queued deployment until it runs, or somebody presses Ctrl-C, which leaves it in the
 * queue.
 *
 * @returns its run, or why the command ends without one
 */
export async function awaitTurn(
  sluice: Sluice,
  queued: QueuedDeployment,
  presenter: Presenter,
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
