import type { Sluice } from '../../client.js';
import { defined } from '../../domain/defined.js';
import { isNotFound } from '../../errors.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { answererOf } from '../origin/answerer.js';
import { type MeantWaiting, namedOrOnly, namedWaiting, runOf, type Which } from '../which.js';
import { connected } from './connected.js';

export interface DeployCancelOptions extends Which {
  output: OutputFormat;
}

/**
 * `sluice deploy cancel`: takes a deployment that runs back, without waiting until all is taken
 * back, or one that waits for its turn out of the queue.
 */
export async function deployCancel(
  { output, ...which }: DeployCancelOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    const waiting = (await namedWaiting(sluice, which)) ?? (await onlyWaiting(sluice, which));
    if (waiting !== undefined) {
      const { application, deploymentId } = waiting;
      const by = answererOf(undefined, console.environment);
      const message = { deploymentId, ...defined({ by }) };
      presenter.answered(await sluice.dequeue(application, message));
      return 'succeeded';
    }
    const run = await namedOrOnly(sluice, which, 'deploy cancel');
    presenter.answered(await sluice.cancel(run.application, runOf(run)));
    return 'succeeded';
  });
}

/** What waits of an application of which nothing runs: its worker may have been away. */
async function onlyWaiting(sluice: Sluice, { name, id }: Which): Promise<MeantWaiting | undefined> {
  if (name === undefined || id !== undefined) return undefined;
  const waiting = await sluice.waiting(name);
  if (waiting === undefined || (await runs(sluice, name))) return undefined;
  return { application: name, ...waiting };
}

async function runs(sluice: Sluice, application: string): Promise<boolean> {
  try {
    return (await sluice.facts(application)).state === 'running';
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
