import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkerOptions } from '@temporalio/worker';
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared.js';
import { shared } from './shared.js';

const workflowsPath = fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url));

/**
 * A worker whose workflows run in the thread of the test, in a context of their own as ever. A
 * thread for each worker takes fifteen times as long to start.
 */
export async function workerInThisThread(options: WorkerOptions): Promise<Worker> {
  const worker = await Worker.create({ ...options, debugMode: true });
  // The SDK would trace every promise of this process from now on, of all later tests as well, for
  // a query that no test of such a worker makes.
  globalHandlers.uninstall();
  return worker;
}

/**
 * Makes the bundle of the workflows as they are in `src`, which takes seconds. Its source map knows
 * lines alone: every worker reads the map when it starts, and the full one is larger than the code.
 */
export async function bundleWorkflows(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-nosources-cheap-source-map' }),
  });
  return code;
}

/** The bundle that the tests of a run share, or one of this file's own where none was made. */
export async function workflowBundle(): Promise<{ codePath: string } | { code: string }> {
  const codePath = shared.workflowBundle as string | undefined;
  return codePath === undefined ? { code: await bundleWorkflows() } : { codePath };
}
