import { wouldFail } from '../../client.js';
import { asShown } from '../../client/asShown.js';
import type { Plan } from '../../domain/plan.js';
import { SluiceError } from '../../errors.js';
import { terminal } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import { confirmed } from '../prompt/confirmed.js';
import type { Keyboard } from '../prompt/keyboard.js';
import type { Connected } from './connected.js';
import { lookAhead } from './lookAhead.js';

/** What is to be started, and whether what runs is rolled back first. */
interface DeployIntent {
  plan: Plan;
  supersede: boolean;
}

/**
 * The keyboard of somebody who can be asked before a deployment starts.
 *
 * @param file - standard input cannot be both the file and the answer
 * @throws SluiceError `invalidArguments` when there is nobody
 */
export function somebodyToAsk({ keyboard }: Console, file: string, output: string): Keyboard {
  if (keyboard !== undefined && file !== '-' && output === 'text') return keyboard;
  throw new SluiceError(
    'invalidArguments',
    '--plan-first asks a person at a terminal whether to go on, and here is none to ask. Run ' +
      '`sluice deploy plan`, and start the deployment when it exits with 0.',
  );
}

/** The plan that may start, or why none does. */
export type Decided = { plan: Plan } | { stop: ExitReason };

/**
 * Shows what a deployment would change, and asks whether to go on. What may start has the packages
 * that were shown.
 */
export async function planFirst(
  { sluice, presenter }: Connected,
  { plan, supersede }: DeployIntent,
  keyboard: Keyboard,
  console: Console,
): Promise<Decided> {
  // One that supersedes waits for its turn, too, whatever the file says.
  const looked: Plan = supersede ? { ...plan, ifDeploymentInProgress: 'enqueueOne' } : plan;
  const preflight = await lookAhead(sluice, { plan: looked });
  if (preflight === undefined) return { stop: 'detached' };
  const fails = wouldFail(preflight);
  presenter.preflight(preflight, fails ? 'failed' : 'succeeded');
  if (fails) {
    console.err(terminal`The deployment was not started, because it would fail.\n`);
    return { stop: 'failed' };
  }
  const goesOn = await confirmed('go on?', keyboard, (text) => console.err(text));
  if (goesOn) return { plan: asShown(plan, preflight) };
  console.err(terminal`The deployment was not started.\n`);
  return { stop: 'cancelled' };
}
