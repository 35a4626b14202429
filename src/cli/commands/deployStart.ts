import type { Adjustments } from '../../config/index.js';
import { findPlan, strictly } from '../../client/planSource.js';
import { terminal } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { answererOf } from '../origin/answerer.js';
import { commitOf } from '../origin/commit.js';
import { begin } from './begin.js';
import { connected } from './connected.js';
import { planFirst, somebodyToAsk } from './planFirst.js';

export interface DeployStartOptions {
  /** `-` for standard input. */
  file: string;
  asked: Adjustments;
  output: OutputFormat;
  watch?: boolean;
  /** Whether it is shown what would change, and asked before it starts. */
  planFirst?: boolean;
  startedBy?: string;
  commit?: string;
  /** Roll the deployment that runs back and go next. */
  supersede?: boolean;
  /** Whether targets that deploy one function must have the same bytes. */
  strictArtifacts?: boolean;
}

/** `sluice deploy start`. What is wrong with the file is said before Temporal is asked. */
export async function deployStart(
  { file, asked, output, watch = false, planFirst: asking = false, ...given }: DeployStartOptions,
  console: Console,
): Promise<ExitReason> {
  const { environment, colours } = console;
  const keyboard = asking ? somebodyToAsk(console, file, output) : undefined;
  const found = await findPlan({ ...(await sourceOf(file, console)), asked });
  const plan = strictly(found.plan, given);
  const warning = found.warnings({ colour: colours });
  if (warning.text !== '') console.err(terminal`${warning}\n`);
  const startedBy = answererOf(given.startedBy, environment);
  const commit = await commitOf(given.commit, file, environment);

  return connected(output, console, async ({ sluice, presenter }) => {
    const supersede = given.supersede ?? false;
    const intent = { plan, supersede };
    const decided =
      keyboard === undefined
        ? { plan }
        : await planFirst({ sluice, presenter }, intent, keyboard, console);
    if ('stop' in decided) return decided.stop;
    const origin = { ...(startedBy && { startedBy }), ...(commit && { commit }) };
    const accepted = await sluice.start({ ...decided, ...origin, supersede });
    return begin({ sluice, presenter }, accepted, { watch }, console);
  });
}
