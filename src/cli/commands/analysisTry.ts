import { readPlan } from '../../client/planSource.js';
import type { Adjustments } from '../../config/index.js';
import { Judgement } from '../../domain/analysis.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import { sourceOf } from '../deploymentSource.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { trialOf, type TrialOptions } from '../trial.js';
import { type Tried, trialJson, trialLines } from '../view/trialView.js';

export interface AnalysisTryOptions extends TrialOptions {
  /** `-` for standard input. */
  file: string;
  asked: Adjustments;
  output: OutputFormat;
}

/** `sluice analysis try`. The provider is asked by this process: neither Temporal nor a worker is needed. */
export async function analysisTry(
  { file, asked, output, ...options }: AnalysisTryOptions,
  console: Console,
): Promise<ExitReason> {
  const { plan, warnings } = await readPlan({ ...(await sourceOf(file, console)), asked });
  const warning = warnings({ colour: console.colours });
  if (warning.text !== '') console.err(terminal`${warning}\n`);
  const trial = trialOf(plan, options, console.now());
  const query = plan.queries[options.query]!;
  // The AWS SDK takes its time to load, and a mistake should be told at once.
  const { tryQuery } = await import('../tryQuery.js');
  const result = await tryQuery(trial, console.environment);
  const judgement = new Judgement(trial.query, query);
  judgement.add(result.measurement);
  const tried: Tried = { ...result, trial, query, verdict: judgement.verdict };
  const text = output === 'json' ? trialJson(tried) : TerminalText.of(trialLines(tried).join('\n'));
  console.out(terminal`${text}\n`);
  return tried.verdict === 'passed' ? 'succeeded' : 'failed';
}
