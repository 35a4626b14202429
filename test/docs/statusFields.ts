import type { AnalysisReport } from '../../src/domain/analysis.js';
import type { Decision, OpenGate } from '../../src/domain/gates.js';
import type {
  DeploymentProgress,
  FunctionProgress,
  TargetProgress,
  TargetSummary,
} from '../../src/domain/status.js';

/** The types see to it that no field is missing here. */
type Fields<Answer> = Readonly<Record<keyof Answer, true>>;

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

const target: Fields<TargetProgress> = {
  schemaVersion: true,
  target: true,
  phase: true,
  activity: true,
  step: true,
  functions: true,
  gates: true,
  decisions: true,
  ignored: true,
  notices: true,
  analyses: true,
  problems: true,
  timeLeftMs: true,
  startedAt: true,
  outcome: true,
};

const oneFunction: Fields<FunctionProgress> = {
  name: true,
  alias: true,
  weight: true,
  wantedWeight: true,
  version: true,
  previousVersion: true,
  first: true,
  restored: true,
  seen: true,
};

const gate: Fields<OpenGate> = {
  id: true,
  kind: true,
  openedAt: true,
  deadline: true,
  about: true,
  roles: true,
};

const decision: Fields<Decision> = {
  decision: true,
  gate: true,
  at: true,
  by: true,
  role: true,
  comment: true,
  times: true,
  known: true,
};

const analysis: Fields<AnalysisReport> = {
  gate: true,
  run: true,
  of: true,
  verdict: true,
  queries: true,
};

/** The fields of what the `status` queries answer, and of what stands in them. */
export const STATUS_FIELDS = [deployment, summary, target, oneFunction, gate, decision, analysis];
