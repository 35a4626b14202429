import type { Link } from '../client/link.js';
import { ask } from '../client/requests.js';
import { namespaceNotFound } from '../settings/temporal.js';
import { isNotFound } from './grpc.js';

/** How long it may take, in milliseconds. */
const PATIENCE_MS = 1500;

/**
 * Looks whether Temporal answers and has the namespace.
 *
 * @throws SluiceError `unreachable` or `namespaceNotFound`
 */
export async function findNamespace(link: Link): Promise<void> {
  const { client, settings } = link;
  const { namespace } = settings;
  try {
    await ask(link, () => client.workflowService.describeNamespace({ namespace }), PATIENCE_MS);
  } catch (error) {
    throw isNotFound(error) ? namespaceNotFound(settings, error) : error;
  }
}
