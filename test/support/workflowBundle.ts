import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { shared } from './shared.js';

const workflowsPath = fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url));

/**
 * For a worker of a test: its workflows run in the thread of the test, in a context of their own as
 * ever. A thread for each worker takes fifteen times as long to start. Not for tests that replace a
 * worker while its deployment runs: what the first one has begun is then held up for seconds.
 */
export const IN_THIS_THREAD = { debugMode: true } as const;

/** Makes the bundle of the workflows as they are in `src`, which takes seconds. */
export async function bundleWorkflows(): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  return code;
}

/** The bundle that the tests of a run share, or one of this file's own where none was made. */
export async function workflowBundle(): Promise<{ codePath: string } | { code: string }> {
  const codePath = shared.workflowBundle as string | undefined;
  return codePath === undefined ? { code: await bundleWorkflows() } : { codePath };
}
