import { join } from 'node:path';
import { root } from '../setup/paths.js';
import { reachable } from './answers.js';
import { type LocalEmulator, startEmulator } from './emulator.js';
import { seedExamples } from './examples.js';
import type { RunningProgram } from './processes.js';
import { startedTogether } from './startedTogether.js';
import { type LocalTemporal, startTemporal, type TemporalOptions } from './temporal.js';
import { startWorker } from './worker.js';

export interface StackOptions extends TemporalOptions {
  /** What AWS_ENDPOINT_URL names, to use as it is instead of the project's own emulator. */
  awsEndpoint?: string | undefined;
}

/** A Temporal server, an AWS with the accounts of the examples, and a worker between them. */
export interface Stack {
  temporal: LocalTemporal;
  /** Undefined when an AWS endpoint was brought along. */
  emulator: LocalEmulator | undefined;
  awsEndpoint: string;
  worker: RunningProgram;
  stop(): Promise<void>;
}

/** Knows the external ids of the examples' accounts, and lets every application use every role. */
const SETTINGS = join(root, 'dev/stack/settings.yaml');

/** An empty variable names nothing. */
export function awsEndpointOf(environment: NodeJS.ProcessEnv): string | undefined {
  return environment['AWS_ENDPOINT_URL'] || undefined;
}

/** Starts everything. When one part does not start, none is left running. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  await checkAws(options.awsEndpoint);
  const [temporal, emulator] = await startedTogether(
    startTemporal(options),
    options.awsEndpoint === undefined ? startEmulator() : Promise.resolve(undefined),
  );
  const stopServers = async () => {
    await Promise.all([temporal.stop(), emulator?.stop()]);
  };
  try {
    const awsEndpoint = options.awsEndpoint ?? emulator!.endpoint;
    await seedExamples(awsEndpoint);
    const worker = await startWorker({
      temporalAddress: temporal.address,
      namespace: temporal.namespace,
      awsEndpoint,
      settingsFile: SETTINGS,
    });
    // The worker first: it would look for its servers while it stops.
    const stop = () => worker.stop().then(stopServers);
    return { temporal, emulator, awsEndpoint, worker, stop };
  } catch (error) {
    await stopServers();
    throw error;
  }
}

/** A shell that was told of a stack which has ended since still has its endpoint. */
async function checkAws(endpoint: string | undefined): Promise<void> {
  if (endpoint === undefined || (await reachable(endpoint))) return;
  throw new Error(
    `AWS_ENDPOINT_URL names ${endpoint}, where nothing answers. ` +
      "Unset it to have the project's own emulator started.",
  );
}
