import { durationText } from '../../domain/durations.js';
import type { AnalysisStep, ApprovalStep, Plan, RunWebhookStep, Step } from '../../domain/plan.js';

/** A step in a few words. */
export function stepText(step: Step, plan: Plan): string {
  switch (step.type) {
    case 'setWeight':
      return `${step.weight} %`;
    case 'pause':
      return `pause ${durationText(step.durationMs)}`;
    case 'approval':
      return approvalText(step);
    case 'runWebhook':
      return webhookText(step, plan);
    case 'analysis':
      return analysisText(step);
  }
}

function approvalText({ requiresRoles, expiresAfterMs }: ApprovalStep): string {
  const by = requiresRoles === undefined ? '' : ` by ${requiresRoles.join(' or ')}`;
  return `approval${by}${expiresAfterMs === undefined ? '' : `, within ${durationText(expiresAfterMs)}`}`;
}

function webhookText({ webhook }: RunWebhookStep, plan: Plan): string {
  const called = plan.webhooks[webhook];
  const waits = called?.disableCallback === true ? '' : ', until its callback';
  const agent =
    called?.agentIdentifier === undefined ? '' : ` by the agent ${called.agentIdentifier}`;
  return `webhook ${webhook}${agent}${waits}`;
}

function analysisText(step: AnalysisStep): string {
  const names = step.queries.map(({ query, provider }) => `${query} (${provider})`).join(', ');
  const manual = [
    ...(step.rollForwardMode === 'manual' ? ['going on'] : []),
    ...(step.rollBackMode === 'manual' ? ['going back'] : []),
  ];
  const decides = manual.length === 0 ? '' : `; a person decides about ${manual.join(' and ')}`;
  return `analysis of ${names}: ${step.runs} × ${durationText(step.intervalMs)}${decides}`;
}
