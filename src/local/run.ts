import type { Environment } from '../settings/environment.js';
import { SluiceError } from '../errors.js';
import { findBundle } from '../worker/bundle.js';
import { runUntilStopped } from '../worker/run.js';
import { workerKind } from '../worker/workerKind.js';
import { startWith } from './start.js';
import type { LocalTemporal, TemporalOptions } from './temporal.js';

/** Where the Temporal server listens, and where it keeps its state. */
export type LocalOptions = Pick<TemporalOptions, 'port' | 'uiPort' | 'dbFile'>;

/**
 * Runs a Temporal server and a worker on this machine until the process is asked to stop. The
 * worker is a part of this process. The server never outlives it.
 *
 * @param started - told when the worker takes work
 * @throws SluiceError when one of them cannot start, or has ended
 */
export async function runLocally(
  environment: Environment,
  options: LocalOptions,
  started: (temporal: LocalTemporal) => void,
): Promise<void> {
  const codePath = await findBundle();
  const temporal = await startWith(environment, options);
  const kind = { ...workerKind(codePath), started: () => started(temporal) };
  try {
    await Promise.race([runUntilStopped(inside(environment, temporal), kind), end(temporal)]);
  } finally {
    await temporal.stop();
  }
}

/** What the person has set about Temporal is about another server. */
function inside(
  environment: Environment,
  { address, namespace, uiUrl }: LocalTemporal,
): Environment {
  const rest = Object.entries(environment).filter(([name]) => !name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(rest),
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ...(uiUrl !== undefined && { SLUICE_UI_URL: uiUrl }),
  };
}

async function end(temporal: LocalTemporal): Promise<never> {
  await temporal.ended;
  throw new SluiceError(
    'workerFailed',
    `The Temporal server has ended, so the worker stops too.${temporal.lastLines()}`,
  );
}
