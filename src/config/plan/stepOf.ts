import type {
  AfterStep,
  AnalysisStep,
  ApprovalStep,
  BeforeStep,
  LookbackMethod,
  PauseStep,
  RollMode,
  RunWebhookStep,
  Step,
} from '../../domain/plan.js';
import { durationMs, normalName, weightOf } from '../written/meaning.js';
import type { WrittenAnalysis, WrittenPause, WrittenStep } from '../written/steps.js';
import type { Names } from './names.js';

/** What a step of a strategy means. */
export function stepOf(step: WrittenStep, names: Names): Step[] {
  if (step.setWeight === undefined) return afterStepOf(step, names);
  return [{ type: 'setWeight', weight: weightOf(step.setWeight) }];
}

/** What a step after a deployment means. */
export function afterStepOf(step: WrittenStep, names: Names): AfterStep[] {
  return step.analysis === undefined
    ? beforeStepOf(step, names)
    : [analysisOf(step.analysis, names)];
}

/** What a step before a deployment means. */
export function beforeStepOf({ pause, runWebhook }: WrittenStep, names: Names): BeforeStep[] {
  if (pause !== undefined) return [pauseOf(pause)];
  return runWebhook === undefined ? [] : [webhookStepOf(runWebhook, names)];
}

function pauseOf(pause: WrittenPause): PauseStep | ApprovalStep {
  if (pause.untilApproved !== true) return { type: 'pause', durationMs: durationMs(pause) ?? NaN };
  const { requiresRoles, approvalExpiration } = pause;
  const expiresAfterMs = durationMs(approvalExpiration ?? {});
  return {
    type: 'approval',
    ...(expiresAfterMs !== undefined && { expiresAfterMs }),
    ...(requiresRoles !== undefined && { requiresRoles }),
  };
}

type WrittenRunWebhook = NonNullable<WrittenStep['runWebhook']>;

function webhookStepOf({ name, context }: WrittenRunWebhook, names: Names): RunWebhookStep {
  return { type: 'runWebhook', webhook: normalName(name), context: names.stepContext(context) };
}

function analysisOf(analysis: WrittenAnalysis, names: Names): AnalysisStep {
  const { interval, units, queries, metricProviderName } = analysis;
  return {
    type: 'analysis',
    intervalMs: durationMs({ duration: interval, unit: units }) ?? NaN,
    runs: analysis.numberOfJudgmentRuns,
    queries: queries.map(normalName).map((query) => ({
      query,
      provider: metricProviderName ?? names.providerOf(query),
    })),
    rollBackMode: lowerCase<RollMode>(analysis.rollBackMode) ?? 'automatic',
    rollForwardMode: lowerCase<RollMode>(analysis.rollForwardMode) ?? 'automatic',
    lookbackMethod: lowerCase<LookbackMethod>(analysis.lookbackMethod) ?? 'growing',
    abortOnFailedJudgment: analysis.abortOnFailedJudgment ?? false,
    context: names.stepContext(analysis.context),
  };
}

/** The language's words in their one form; the schema has made sure that it is one of them. */
function lowerCase<Word extends string>(word: string | undefined): Word | undefined {
  return word?.toLowerCase() as Word | undefined;
}
