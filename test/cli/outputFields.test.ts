import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type {
  Answered,
  CancelledTarget,
  DeploymentFacts,
  DeploymentOutcome,
  DeploymentRecord,
  DeploymentReport,
  DeploymentStatus,
  FunctionOutcome,
  GateAnswer,
  RunState,
  TargetOutcome,
  TargetReport,
  TargetStatus,
  WaitingGate,
} from '../../src/client.js';
import {
  DECISION,
  type Fields,
  FUNCTION_PROGRESS,
  OPEN_GATE,
  TARGET_PROGRESS,
} from '../support/statusFields.js';

interface Shape {
  properties: Record<string, Shape>;
  items: Shape;
  enum: string[];
}

const url = new URL('../../schema/output.schema.json', import.meta.url);
const { definitions, oneOf } = JSON.parse(readFileSync(url, 'utf8')) as {
  definitions: Record<string, Shape>;
  oneOf: { properties: Record<string, Shape & { const?: string }> }[];
};

const facts: Fields<DeploymentFacts> = {
  schemaVersion: true,
  application: true,
  deploymentId: true,
  workflowId: true,
  runId: true,
  state: true,
  phase: true,
  startedAt: true,
  endedAt: true,
  startedBy: true,
  commit: true,
  goesBack: true,
};
const record: Fields<DeploymentRecord> = {
  ...facts,
  outcome: true,
  waiting: true,
  gates: true,
  gatesUnknown: true,
};
const gate: Fields<WaitingGate> = {
  ...OPEN_GATE,
  target: true,
  answers: true,
  deployment: true,
};
const gateAnswer: Fields<GateAnswer> = {
  signal: true,
  success: true,
  command: true,
  sluice: true,
};
const report: Fields<DeploymentReport> = {
  ...facts,
  notice: true,
  decisions: true,
  gates: true,
  ignored: true,
  waiting: true,
  answering: true,
  workersPolling: true,
  stale: true,
  targets: true,
  outcome: true,
  problem: true,
};
const target: Fields<TargetReport> = {
  name: true,
  region: true,
  accountId: true,
  dependsOn: true,
  phase: true,
  startedAt: true,
  endedAt: true,
  status: true,
  failure: true,
  progress: true,
  outcome: true,
};
const deploymentOutcome: Fields<DeploymentOutcome> = {
  schemaVersion: true,
  deploymentId: true,
  application: true,
  status: true,
  counts: true,
  failures: true,
  decisions: true,
  startedAt: true,
  endedAt: true,
};
const targetOutcome: Fields<TargetOutcome> = {
  target: true,
  status: true,
  failure: true,
  warnings: true,
  functions: true,
  decisions: true,
  analyses: true,
  startedAt: true,
  endedAt: true,
};
const functionOutcome: Fields<FunctionOutcome> = {
  name: true,
  version: true,
  codeSha256: true,
  provisionedConcurrency: true,
  readAt: true,
  previousVersion: true,
  deletedVersions: true,
  summary: true,
};
const answered: Fields<Answered> = {
  application: true,
  deploymentId: true,
  workflowId: true,
  runId: true,
  verb: true,
  gates: true,
  done: true,
  targets: true,
};
const cancelledTarget: Fields<CancelledTarget> = { target: true, effect: true, status: true };

const answer = oneOf.find(({ properties }) => properties['type']?.const === 'answered')?.properties[
  'answer'
];

describe('the schema of what is written for scripts', () => {
  it.each<[string, object, Shape | undefined]>([
    ['facts', facts, definitions['facts']],
    ['record', record, definitions['record']],
    ['report', report, definitions['report']],
    ['a gate', gate, definitions['waitingGate']],
    ['the answer to a gate', gateAnswer, definitions['answer']],
    ['target', target, definitions['target']],
    ['progress', TARGET_PROGRESS, definitions['progress']],
    ['functionProgress', FUNCTION_PROGRESS, definitions['functionProgress']],
    ['decision', DECISION, definitions['decision']],
    ['deploymentOutcome', deploymentOutcome, definitions['deploymentOutcome']],
    ['targetOutcome', targetOutcome, definitions['targetOutcome']],
    [
      'a function’s outcome',
      functionOutcome,
      definitions['targetOutcome']?.properties['functions']?.items,
    ],
    ['an answer', answered, answer],
    ['a cancelled target', cancelledTarget, answer?.properties['targets']?.items],
  ])('has every field that there is: %s', (_, fields, shape) => {
    expect(Object.keys(shape?.properties ?? {}).toSorted()).toEqual(Object.keys(fields).toSorted());
  });

  it('has every word for how a deployment and a target are', () => {
    const states: Readonly<Record<RunState, true>> = {
      running: true,
      succeeded: true,
      rolledBack: true,
      failed: true,
      cancelled: true,
      terminated: true,
      timedOut: true,
    };
    const ends: Readonly<Record<DeploymentStatus, true>> = {
      succeeded: true,
      rolledBack: true,
      failed: true,
      cancelled: true,
    };
    const statuses: Readonly<Record<TargetStatus, true>> = {
      deployed: true,
      unchanged: true,
      rolledBack: true,
      rollbackFailed: true,
      blocked: true,
      cancelled: true,
    };
    const words = (name: string, field: string) =>
      definitions[name]?.properties[field]?.enum.toSorted();
    for (const name of ['facts', 'record', 'report'])
      expect(words(name, 'state')).toEqual(Object.keys(states).toSorted());
    expect(words('deploymentOutcome', 'status')).toEqual(Object.keys(ends).toSorted());
    for (const name of ['target', 'targetOutcome'])
      expect(words(name, 'status')).toEqual(Object.keys(statuses).toSorted());
  });
});
