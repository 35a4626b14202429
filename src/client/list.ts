import { DEPLOYMENT_WORKFLOW } from '../domain/names.js';
import { SluiceError } from '../settings/sluiceError.js';
import { factsOf } from './facts.js';
import { translate } from './requests.js';
import type { Link } from './link.js';
import type { DeploymentFacts } from './report.js';

const ALL = `WorkflowType = '${DEPLOYMENT_WORKFLOW}'`;

/** The deployments that run, newest first. Temporal lists a new one within moments. */
export function listRunning(link: Link): AsyncGenerator<DeploymentFacts, void> {
  return list(link, `${ALL} AND ExecutionStatus = 'Running'`);
}

/**
 * The deployment with an id. A memo cannot be searched for, so all deployments that Temporal
 * remembers are looked through, newest first.
 *
 * @throws SluiceError `notFound`
 */
export async function findDeployment(link: Link, deploymentId: string): Promise<DeploymentFacts> {
  for await (const facts of list(link, ALL)) {
    if (facts.deploymentId === deploymentId) return facts;
  }
  throw new SluiceError(
    'notFound',
    `Temporal knows no deployment with the id ${deploymentId} in the namespace ` +
      `"${link.settings.namespace}". A new one is listed within seconds, and an old one until the ` +
      "namespace's retention is over.",
  );
}

async function* list(
  { client, settings }: Link,
  query: string,
): AsyncGenerator<DeploymentFacts, void> {
  try {
    for await (const execution of client.workflow.list({ query, pageSize: 200 })) {
      yield factsOf(execution);
    }
  } catch (error) {
    throw translate(settings, error);
  }
}
