import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmulator } from '../../dev/stack/emulator.js';
import { startedTogether } from '../../dev/stack/startedTogether.js';
import { startTemporal } from '../../dev/stack/temporal.js';
import { bundleWorkflows } from './workflowBundle.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of the Temporal server that all tests of a run share. */
    temporalAddress: string;
    namespace: string;
    /** The AWS emulator that all tests of a run share. */
    awsEndpoint: string;
    /** Path of the workflows' bundle that all tests of a run share. */
    workflowBundle: string;
  }
}

/** How long an update of a function takes: long enough to be in its middle. */
const UPDATE_MS = '150';

/** Starts the servers that the tests of a run share. Without them no test of theirs can pass. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const code = await bundleWorkflows();
  const [temporal, emulator] = await startedTogether(
    startTemporal({ headless: true }),
    startEmulator({ env: { SLUICE_EMULATOR_UPDATE_MS: UPDATE_MS } }),
  );
  project.provide('temporalAddress', temporal.address);
  project.provide('namespace', temporal.namespace);
  project.provide('awsEndpoint', emulator.endpoint);
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bundle-'));
  const bundle = join(folder, 'workflows.js');
  await writeFile(bundle, code);
  project.provide('workflowBundle', bundle);
  return async () => {
    await Promise.all([temporal.stop(), emulator.stop()]);
    await rm(folder, { recursive: true });
  };
}
