import type { Environment } from './settings/environment.js';
import { findBundle } from './worker/bundle.js';
import { runUntilStopped } from './worker/run.js';
import { workerKind } from './worker/workerKind.js';

export { SluiceError } from './errors.js';

/** How a worker is run. */
export interface RunWorkerOptions {
  /**
   * Where the settings come from. `sluice worker --help` lists the variables.
   *
   * @default process.env
   */
  environment?: Environment;
  /**
   * The bundled workflows.
   *
   * @default the bundle that the package's build made
   */
  workflowBundlePath?: string;
}

/**
 * Runs a worker until the process is asked to stop (SIGTERM or SIGINT): then it takes no more work
 * and finishes what it has. A second signal ends the process at once. Once per process, because the
 * SDK's runtime is installed for the whole of it. Logs go to stderr, as lines of JSON.
 *
 * @throws SluiceError when it cannot start, or had to stop
 */
export async function runWorker(options: RunWorkerOptions = {}): Promise<void> {
  const codePath = options.workflowBundlePath ?? (await findBundle());
  await runUntilStopped(options.environment ?? process.env, workerKind(codePath));
}
