import { readPlan, type PlanOfFile } from '../../client/planSource.js';
import type { Adjustments } from '../../config/index.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { originsLines, originsReport } from '../view/originsView.js';
import { planLines } from '../view/planView.js';

export interface ConfigShowOptions {
  /** `-` for standard input. */
  file: string;
  asked: Adjustments;
  output: OutputFormat;
  /** Where values come from, in place of what is done with them. */
  origins?: boolean;
}

/** `sluice config show`. What should be looked at goes to the error output, the plan alone to the other. */
export async function configShow(
  { file, asked, output, origins = false }: ConfigShowOptions,
  console: Console,
): Promise<ExitReason> {
  const found = await readPlan({ ...(await sourceOf(file, console)), asked });
  const warning = found.warnings({ colour: console.colours });
  if (warning.text !== '') console.err(terminal`${warning}\n`);
  const fileName = file === '-' ? 'standard input' : file;
  const text = origins ? originsText(found, fileName, output) : planText(found, output);
  console.out(terminal`${text}\n`);
  return 'succeeded';
}

function planText({ plan, forTargets }: PlanOfFile, output: OutputFormat): TerminalText {
  if (output === 'json') return TerminalText.json(plan, 2);
  if (output === 'yaml') return TerminalText.yaml(forTargets.yaml()).trimEnd();
  return TerminalText.of(planLines(plan).join('\n'));
}

function originsText(
  { forTargets }: PlanOfFile,
  fileName: string,
  output: OutputFormat,
): TerminalText {
  const given = forTargets.given();
  return output === 'json'
    ? TerminalText.json(originsReport(given, fileName), 2)
    : TerminalText.of(originsLines(given, fileName).join('\n'));
}
