import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../failure.js';
import { answererOf } from '../origin/answerer.js';
import { namedOrOnly, runOf, type Which } from '../which.js';
import { connected } from './connected.js';

export interface DeployRollbackOptions extends Which {
  target?: string;
  by?: string;
  comment?: string;
  output: OutputFormat;
}

/** `sluice deploy rollback` of a deployment that runs. It does not wait until all is taken back. */
export async function deployRollback(
  { name, id, output, ...options }: DeployRollbackOptions,
  console: Console,
): Promise<ExitReason> {
  return connected(output, console, async ({ sluice, presenter }) => {
    const run = await namedOrOnly(sluice, { name, id }, 'deploy rollback');
    const by = answererOf(options.by, console.environment);
    const given = { ...options, ...runOf(run), ...(by !== undefined && { by }) };
    presenter.answered(await sluice.rollback(run.application, given));
    return 'succeeded';
  });
}
