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
  by?: string;
  comment?: string;
  output: OutputFormat;
}

/**
 * `sluice deploy cancel`: cancels a deployment that runs, and says what is known to come of it
 * without waiting for its end; or takes one that waits for its turn out of the queue.
 */
export async function deployCancel(
  { output, by: given, comment, ...which }: DeployCancelOptions,
  console: Console,
): Promise<ExitReason> {
  const by = answererOf(given, console.environment);
  const said = defined({ by, comment });
  return connected(output, console, async ({ sluice, presenter }) => {
    const waiting = (await namedWaiting(sluice, which)) ?? (await onlyWaiting(sluice, which));
    if (waiting !== undefined) {
      const { application, deploymentId } = waiting;
      presenter.answered(await sluice.dequeue(application, { deploymentId, ...said }));
      return 'succeeded';
    }
    const run = await namedOrOnly(sluice, which, 'deploy cancel');
    presenter.answered(await sluice.cancel(run.application, { ...runOf(run), ...said }));
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
