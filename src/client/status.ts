import { WorkflowNotFoundError } from '@temporalio/client';
import { defined } from '../domain/defined.js';
import { deploymentWorkflowId } from '../domain/names.js';
import { readName } from '../domain/naming.js';
import type { DeploymentOutcome } from '../domain/outcomes.js';
import type { DeploymentProgress } from '../domain/status.js';
import { isNotFound, SluiceError } from '../errors.js';
import { claimed } from './errors.js';
import { factsOf } from './facts.js';
import { openGates } from './gates.js';
import { HISTORY_TIMEOUT_MS, readTargets } from './history.js';
import type { Link } from './link.js';
import { readEnding } from './outcome.js';
import { workersPolling } from './pollers.js';
import { queryDeployment } from './progress.js';
import { readWaiting } from './queueFacts.js';
import type { DeploymentFacts, DeploymentReport, TargetReport } from './report.js';
import { ask } from './requests.js';
import { askTargets } from './targets.js';

/**
 * What is known about an application's deployment: the newest, or the given run.
 *
 * @throws SluiceError `notFound` when there is none, or `unreachable`
 */
export async function readReport(
  link: Link,
  application: string,
  runId?: string,
): Promise<DeploymentReport> {
  const facts = await readFacts(link, application, runId);
  const isRunning = facts.state === 'running';
  const [report, waiting] = await Promise.all([
    isRunning ? runningReport(link, facts) : endedReport(link, facts),
    // What waits has nothing to do with a run of long ago.
    isRunning || runId === undefined ? readWaiting(link, application) : undefined,
  ]);
  return { ...report, ...defined({ waiting }) };
}

export async function readFacts(
  link: Link,
  application: string,
  runId?: string,
): Promise<DeploymentFacts> {
  const { client } = link;
  const which = runId === undefined ? 'deployment' : `run ${runId}`;
  // What is no name could be the rest of another workflow's id.
  if ('problem' in readName(application, 'application')) throw unknown(link, which, application);
  const workflowId = deploymentWorkflowId(application);
  try {
    const describe = () => client.workflow.getHandle(workflowId, runId).describe();
    return factsOf(await ask(link, describe));
  } catch (error) {
    throw error instanceof WorkflowNotFoundError
      ? unknown(link, which, application, { cause: error })
      : error;
  }
}

function unknown(
  { settings }: Link,
  which: string,
  application: string,
  options?: ErrorOptions,
): SluiceError {
  return new SluiceError(
    'notFound',
    `Temporal knows no ${which} of the application "${claimed(application)}" in the namespace ` +
      `"${settings.namespace}". It forgets deployments when the namespace's retention is over.`,
    options,
  );
}

/** The deployment of an application that runs now, if one does. */
export async function findRunning(
  link: Link,
  application: string,
): Promise<DeploymentFacts | undefined> {
  try {
    const facts = await readFacts(link, application);
    return facts.state === 'running' ? facts : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function runningReport(link: Link, facts: DeploymentFacts): Promise<DeploymentReport> {
  const { client, settings } = link;
  const [progress, polling] = await Promise.all([
    queryDeployment(client, facts),
    ask(link, () => workersPolling(client)),
  ]);
  // Before the plan has been checked, the deployment knows no targets.
  const knows = progress !== undefined && progress.total > 0;
  const targets = await (knows ? askTargets(client, progress) : targetsFromHistory(link, facts));
  return {
    ...facts,
    ...(progress && saidBy(progress)),
    gates: openGates(targets, progress?.gates, { ...facts, namespace: settings.namespace }),
    ignored: progress?.ignored ?? [],
    answering: progress !== undefined,
    workersPolling: polling,
    targets,
  };
}

function saidBy(progress: DeploymentProgress): Partial<DeploymentReport> {
  const { phase, notice, decisions, deploymentId } = progress;
  return {
    phase,
    ...defined({ notice, decisions }),
    ...(deploymentId !== '' && { deploymentId }),
  };
}

async function endedReport(link: Link, facts: DeploymentFacts): Promise<DeploymentReport> {
  const ending = await ask(link, () => readEnding(link.client, facts));
  const outcome = 'outcome' in ending ? ending.outcome : undefined;
  return {
    ...facts,
    ...(outcome && { state: outcome.status, deploymentId: outcome.deploymentId }),
    ...defined({ decisions: outcome?.decisions }),
    ...ending,
    gates: [],
    ignored: [],
    answering: true,
    workersPolling: true,
    targets: await targetsFromHistory(link, facts, outcome),
  };
}

function targetsFromHistory(
  link: Link,
  facts: DeploymentFacts,
  outcome?: DeploymentOutcome,
): Promise<TargetReport[]> {
  const read = () => readTargets(link.client, facts, outcome);
  return ask(link, read, HISTORY_TIMEOUT_MS);
}
