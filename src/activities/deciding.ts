import type { AnalysisStep, RunWebhookStep } from '../domain/plan.js';
import type { TargetAccess } from './access.js';

/** A step that another system decides, and the gate that it stands for. */
export interface DecidingInput<Step> extends TargetAccess {
  gate: string;
  step: Step;
}

/** They end when the answer is yes, and fail when it is no. */
export interface DecidingActivities {
  runWebhook(input: DecidingInput<RunWebhookStep>): Promise<void>;
  runAnalysis(input: DecidingInput<AnalysisStep>): Promise<void>;
}
