import { readPlan } from '../../client/planSource.js';
import type { Adjustments } from '../../config/index.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { planLines } from '../view/planView.js';

export interface ConfigShowOptions {
  /** `-` for standard input. */
  file: string;
  asked: Adjustments;
  output: OutputFormat;
}

/** `sluice config show`. What should be looked at goes to the error output, the plan alone to the other. */
export async function configShow(
  { file, asked, output }: ConfigShowOptions,
  console: Console,
): Promise<ExitReason> {
  const { plan, warnings } = await readPlan({ ...(await sourceOf(file, console)), asked });
  const warning = warnings({ colour: console.colours });
  if (warning.text !== '') console.err(terminal`${warning}\n`);
  const text =
    output === 'json' ? TerminalText.json(plan, 2) : TerminalText.of(planLines(plan).join('\n'));
  console.out(terminal`${text}\n`);
  return 'succeeded';
}
