import { createWorker } from './createWorker.js';
import type { Kind } from './run.js';

/**
 * A worker for deployments.
 *
 * @param codePath - path of the bundled workflows
 */
export function workerKind(codePath: string): Kind {
  return {
    name: 'Sluice worker',
    create: (connection, parts) => createWorker(connection, parts, codePath),
    facts: ({ roles }) => ({
      roles: roles === undefined ? 'every role is allowed' : 'limited by the settings',
    }),
  };
}
