import { defined } from '../../domain/defined.js';
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
import { normalName } from '../../domain/naming.js';
import { durationMs, lowerCase, weightOf } from '../written/meaning.js';
import type { WrittenAnalysis, WrittenPause, WrittenStep } from '../written/steps.js';
import type { RestOfFile } from './restOfFile.js';

/** What a step of a strategy means. */
export function stepOf(step: WrittenStep, rest: RestOfFile): Step[] {
  if (step.setWeight === undefined) return afterStepOf(step, rest);
  return [{ type: 'setWeight', weight: weightOf(step.setWeight) }];
}

/** What a step after a deployment means. */
export function afterStepOf(step: WrittenStep, rest: RestOfFile): AfterStep[] {
  return step.analysis === undefined ? beforeStepOf(step, rest) : [analysisOf(step.analysis, rest)];
}

/** What a step before a deployment means. */
export function beforeStepOf({ pause, runWebhook }: WrittenStep, rest: RestOfFile): BeforeStep[] {
  if (pause !== undefined) return [pauseOf(pause)];
  return runWebhook === undefined ? [] : [webhookStepOf(runWebhook, rest)];
}

function pauseOf(pause: WrittenPause): PauseStep | ApprovalStep {
  if (pause.untilApproved !== true) return { type: 'pause', durationMs: durationMs(pause) ?? NaN };
  const { requiresRoles, approvalExpiration } = pause;
  const expiresAfterMs = durationMs(approvalExpiration ?? {});
  return {
    type: 'approval',
    ...defined({ expiresAfterMs, requiresRoles: requiresRoles?.map(normalName) }),
  };
}

type WrittenRunWebhook = NonNullable<WrittenStep['runWebhook']>;

function webhookStepOf({ name, context }: WrittenRunWebhook, rest: RestOfFile): RunWebhookStep {
  return { type: 'runWebhook', webhook: normalName(name), context: rest.stepContext(context) };
}

function analysisOf(analysis: WrittenAnalysis, rest: RestOfFile): AnalysisStep {
  const { interval, units, queries, metricProviderName } = analysis;
  return {
    type: 'analysis',
    intervalMs: durationMs({ duration: interval, unit: units }) ?? NaN,
    runs: analysis.numberOfJudgmentRuns,
    queries: queries.map(normalName).map((query) => ({
      query,
      provider: normalName(metricProviderName ?? rest.providerOf(query)),
    })),
    rollBackMode: lowerCase<RollMode>(analysis.rollBackMode) ?? 'automatic',
    rollForwardMode: lowerCase<RollMode>(analysis.rollForwardMode) ?? 'automatic',
    lookbackMethod: lowerCase<LookbackMethod>(analysis.lookbackMethod) ?? 'growing',
    abortOnFailedJudgment: analysis.abortOnFailedJudgment ?? false,
    context: rest.stepContext(analysis.context),
  };
}
