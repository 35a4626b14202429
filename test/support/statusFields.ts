import type { Decision, OpenGate } from '../../src/domain/gates.js';
import type { FunctionProgress, TargetProgress } from '../../src/domain/status.js';

/** The types see to it that no field is missing: what has them all can be held against a page or a schema. */
export type Fields<Object> = Readonly<Record<keyof Object, true>>;

export const TARGET_PROGRESS: Fields<TargetProgress> = {
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

export const FUNCTION_PROGRESS: Fields<FunctionProgress> = {
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

export const OPEN_GATE: Fields<OpenGate> = {
  id: true,
  kind: true,
  openedAt: true,
  deadline: true,
  about: true,
  roles: true,
};

export const DECISION: Fields<Decision> = {
  decision: true,
  gate: true,
  at: true,
  by: true,
  role: true,
  comment: true,
  times: true,
  known: true,
};
