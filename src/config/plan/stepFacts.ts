import type { AnalysisStep, Step } from '../../domain/plan.js';
import type { Path } from '../path.js';
import {
  said,
  saidItems,
  saidValues,
  type AnalysisFact,
  type PauseFact,
  type StepFact,
} from '../rules/facts.js';

/** What a plan's list of steps says. */
export function stepFacts(steps: readonly Step[], path: Path): StepFact[] {
  return steps.map((step, index) => stepFact(step, [...path, index]));
}

function stepFact(step: Step, path: Path): StepFact {
  return { place: { path, part: 'value' }, kinds: [step.type], ...detailsOf(step, path) };
}

function detailsOf(step: Step, path: Path): Partial<StepFact> {
  switch (step.type) {
    case 'setWeight':
      return { weight: said(step.weight, [...path, 'weight']) };
    case 'pause':
    case 'approval':
      return { pause: pauseFact(step, path) };
    case 'runWebhook': {
      const context = new Set(Object.keys(step.context));
      const values = saidValues(step.context, [...path, 'context']);
      return { webhook: { name: said(step.webhook, [...path, 'webhook']), context, values } };
    }
    case 'analysis':
      return { analysis: analysisFact(step, path) };
  }
}

/** A plan says with the type of a step what a file says with the keys of a pause. */
function pauseFact(step: Extract<Step, { type: 'pause' | 'approval' }>, path: Path): PauseFact {
  const isApproval = step.type === 'approval';
  return {
    place: { path, part: 'value' },
    keys: isApproval ? ['untilApproved'] : ['duration', 'unit'],
    untilApproved: isApproval ? said(true, path) : undefined,
    durationMs: isApproval ? undefined : said(step.durationMs, [...path, 'durationMs']),
    expiresAfterMs: isApproval ? said(step.expiresAfterMs, [...path, 'expiresAfterMs']) : undefined,
    roles: isApproval ? saidItems(step.requiresRoles, [...path, 'requiresRoles']) : [],
  };
}

function analysisFact(step: AnalysisStep, path: Path): AnalysisFact {
  return {
    intervalMs: said(step.intervalMs, [...path, 'intervalMs']),
    runs: said(step.runs, [...path, 'runs']),
    queries: step.queries.map(({ query }, index) =>
      said(query, [...path, 'queries', index, 'query']),
    ),
    asks: step.rollForwardMode === 'manual',
    hasProvider: true,
    providers: step.queries.map(({ provider }, index) =>
      said(provider, [...path, 'queries', index, 'provider']),
    ),
    context: new Set(Object.keys(step.context)),
    values: saidValues(step.context, [...path, 'context']),
  };
}
