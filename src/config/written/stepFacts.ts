import { normalName } from '../../domain/naming.js';
import type { Path } from '../path.js';
import {
  said,
  saidItems,
  saidValues,
  type AnalysisFact,
  type PauseFact,
  type Said,
  type StepFact,
  type WebhookUseFact,
} from '../rules/facts.js';
import type { Draft } from './draft.js';
import { contextKeys } from './contextKeys.js';
import { durationMs } from './meaning.js';
import type { WrittenAnalysis, WrittenPause, WrittenStep } from './steps.js';

/** What a list of steps says. */
export function stepFacts(
  steps: readonly (Draft<WrittenStep> | undefined)[] | undefined,
  path: Path,
): StepFact[] {
  return (steps ?? []).flatMap((step, index) => stepFact(step, [...path, index]));
}

function stepFact(step: Draft<WrittenStep> | undefined, path: Path): StepFact | [] {
  if (step === undefined) return [];
  const { setWeight, pause, runWebhook, analysis } = step;
  const weightPath = [...path, 'setWeight'];
  return {
    place: { path, part: 'key' },
    kinds: Object.keys(step),
    weight:
      typeof setWeight === 'object'
        ? said(setWeight.weight, [...weightPath, 'weight'])
        : said(setWeight, weightPath),
    ...(pause && { pause: pauseFact(pause, [...path, 'pause']) }),
    ...(runWebhook && { webhook: webhookUse(runWebhook, [...path, 'runWebhook']) }),
    ...(analysis && { analysis: analysisFact(analysis, [...path, 'analysis']) }),
  };
}

function pauseFact(pause: Draft<WrittenPause>, path: Path): PauseFact {
  const { duration, unit, untilApproved, approvalExpiration, requiresRoles } = pause;
  const expiration = approvalExpiration ?? {};
  return {
    place: { path, part: 'key' },
    keys: Object.keys(pause),
    untilApproved: said(untilApproved, [...path, 'untilApproved']),
    durationMs: said(durationMs({ duration, unit }), [...path, 'duration']),
    expiresAfterMs: said(durationMs(expiration), [...path, 'approvalExpiration', 'duration']),
    roles: normalised(saidItems(requiresRoles, [...path, 'requiresRoles'])),
  };
}

type RunWebhook = NonNullable<Draft<WrittenStep>['runWebhook']>;

function webhookUse(use: RunWebhook, path: Path): WebhookUseFact {
  const { name } = use;
  return {
    name: said(name && normalName(name), [...path, 'name']),
    context: contextKeys(use.context, 'context' in use),
    values: saidValues(use.context, [...path, 'context']),
  };
}

function normalised(names: readonly Said<string>[]): Said<string>[] {
  return names.map(({ value, place }) => ({ value: normalName(value), place }));
}

function analysisFact(analysis: Draft<WrittenAnalysis>, path: Path): AnalysisFact {
  const { interval, units, numberOfJudgmentRuns, queries, metricProviderName } = analysis;
  return {
    intervalMs: said(durationMs({ duration: interval, unit: units }), [...path, 'interval']),
    runs: said(numberOfJudgmentRuns, [...path, 'numberOfJudgmentRuns']),
    queries: normalised(saidItems(queries, [...path, 'queries'])),
    asks: analysis.rollForwardMode === 'manual',
    hasProvider: 'metricProviderName' in analysis,
    providers: normalised([said(metricProviderName, [...path, 'metricProviderName']) ?? []].flat()),
    context: contextKeys(analysis.context, 'context' in analysis),
    values: saidValues(analysis.context, [...path, 'context']),
  };
}
