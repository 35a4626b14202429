import { assertNotGivingBack } from '../../client/restore.js';
import { defined } from '../../domain/defined.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { answererOf } from '../origin/answerer.js';
import { type Meant, namedOrOnly, runOf, type Which } from '../which.js';
import { SluiceError } from '../../errors.js';
import { begin } from './begin.js';
import { connected, type Connected } from './connected.js';
import { watch as watchRun } from './watch.js';

export interface DeployRollbackOptions extends Which {
  target?: string;
  by?: string;
  comment?: string;
  /** The earlier deployment that is given back. */
  to?: string;
  watch?: boolean;
  output: OutputFormat;
}

/**
 * `sluice deploy rollback`: takes a deployment that runs back, or gives back what was live before
 * one that has ended, or after an earlier one. Unless it is watched, it is not waited for.
 */
export async function deployRollback(
  { name, id, output, to, watch = false, ...options }: DeployRollbackOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    const run = await namedOrOnly(sluice, { name, id: to ?? id }, 'deploy rollback');
    const by = answererOf(options.by, console.environment);
    const facts = await sluice.facts(run.application, runOf(run));
    if (to === undefined && id === undefined) assertNotGivingBack(facts);
    if (to !== undefined || facts.state !== 'running') {
      return giveBack({ sluice, presenter }, run, { to, by, watch, options }, console);
    }
    const given = { ...options, ...runOf(run), ...defined({ by }) };
    presenter.answered(await sluice.rollback(run.application, given));
    return watch ? watchRun({ sluice, presenter }, run, console) : 'succeeded';
  });
}

interface GivingBack {
  to: string | undefined;
  by: string | undefined;
  watch: boolean;
  options: { target?: string; comment?: string };
}

async function giveBack(
  connection: Connected,
  run: Meant,
  { to, by, watch, options }: GivingBack,
  console: Console,
): Promise<ExitReason> {
  const { sluice, presenter } = connection;
  if (options.target !== undefined) {
    throw new SluiceError(
      'invalidArguments',
      'A deployment that has ended goes back as a whole: leave --target out.',
    );
  }
  const { accepted, notes } = await sluice.restore(run.application, {
    ...runOf(run),
    ...defined({ to, startedBy: by, comment: options.comment }),
  });
  for (const text of notes) presenter.notice({ text, once: true });
  return begin(connection, accepted, { watch }, console);
}
