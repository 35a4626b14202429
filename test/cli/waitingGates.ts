import type { DeploymentRecord, OpenGate, WaitingGate } from '../../src/client.js';
import { announcedGates } from '../../src/client/gates.js';
import { START } from './reports.js';

/** A deployment that runs, as lists have it. */
export function runningRecord(application: string): DeploymentRecord {
  return {
    schemaVersion: 1,
    application,
    deploymentId: `${application}-1`,
    workflowId: `sluice:${application}`,
    runId: `${application}-run`,
    state: 'running',
    startedAt: START,
    startedBy: 'ana',
  };
}

/** A gate that a deployment of the application waits at, an approval unless it says otherwise. */
export function waitingGate(
  application: string,
  id: string,
  changes: Partial<OpenGate> = {},
): WaitingGate {
  const deployment = runningRecord(application);
  const gate: OpenGate = { id, kind: 'approval', openedAt: START, ...changes };
  const [report] = announcedGates([gate], { ...deployment, namespace: 'team' });
  return { ...report!, deployment };
}
