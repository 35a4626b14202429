import type { AnalysisReport } from '../../src/domain/analysis.js';
import type { DeploymentProgress, TargetSummary } from '../../src/domain/status.js';
import {
  DECISION,
  type Fields,
  FUNCTION_PROGRESS,
  OPEN_GATE,
  TARGET_PROGRESS,
} from '../support/statusFields.js';

const deployment: Fields<DeploymentProgress> = {
  schemaVersion: true,
  deploymentId: true,
  application: true,
  phase: true,
  startedAt: true,
  notice: true,
  gates: true,
  decisions: true,
  ignored: true,
  total: true,
  offset: true,
  targets: true,
};

const summary: Fields<TargetSummary> = {
  name: true,
  region: true,
  accountId: true,
  dependsOn: true,
  phase: true,
  startedAt: true,
  endedAt: true,
  status: true,
  failure: true,
};

const analysis: Fields<AnalysisReport> = {
  gate: true,
  run: true,
  of: true,
  verdict: true,
  queries: true,
};

/** The fields of what the `status` queries answer, and of what stands in them. */
export const STATUS_FIELDS = [
  deployment,
  summary,
  TARGET_PROGRESS,
  FUNCTION_PROGRESS,
  OPEN_GATE,
  DECISION,
  analysis,
];
