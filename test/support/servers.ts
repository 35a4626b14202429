import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../../dev/stack/emulator.js';
import { onInterruption } from '../../dev/stack/interruption.js';
import { startedTogether } from '../../dev/stack/startedTogether.js';
import { startTemporal } from '../../dev/stack/temporal.js';
import { type Shared, SHARED_VARIABLE } from './shared.js';
import { bundleWorkflows } from './workflowBundle.js';

/** How long an update of a function takes: long enough to be in its middle. */
const UPDATE_MS = '150';

/**
 * How far the Temporal server's heap may grow before its garbage is collected, in percent: a sixth of
 * its processor's time went there. It keeps all that tests leave, in memory.
 */
const TEMPORAL_HEAP_GROWTH = '300';

/** Starts what the tests of a run share, and returns how to stop it, as Ctrl-C does too. */
export async function startServers(): Promise<() => Promise<void>> {
  const code = await bundleWorkflows();
  // Read by programs in Go alone.
  process.env['GOGC'] ??= TEMPORAL_HEAP_GROWTH;
  const [temporal, emulator] = await startedTogether(
    startTemporal({ headless: true }),
    startEmulator({ env: { SLUICE_EMULATOR_UPDATE_MS: UPDATE_MS } }),
  );
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bundle-'));
  const bundle = join(folder, 'workflows.js');
  await writeFile(bundle, code);
  const shared: Shared = {
    temporalAddress: temporal.address,
    namespace: temporal.namespace,
    awsEndpoint: emulator.endpoint,
    workflowBundle: bundle,
  };
  process.env[SHARED_VARIABLE] = JSON.stringify(shared);
  const stop = async () => {
    await Promise.all([temporal.stop(), emulator.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  onInterruption((exitCode) => void stop().finally(() => process.exit(exitCode)));
  return stop;
}
