import { type LocalEmulator, startEmulator } from './emulator.js';
import { EXAMPLE_SETTINGS, seedExamples } from './examples.js';
import type { RunningProgram } from './processes.js';
import { startedTogether } from './startedTogether.js';
import { type LocalTemporal, startTemporal, type TemporalOptions } from './temporal.js';
import { startWorker } from './worker.js';

export interface StackOptions extends TemporalOptions {
  /** An AWS endpoint to use as it is, instead of the project's own emulator. */
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

/** Starts everything. When one part does not start, none is left running. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
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
      settingsFile: EXAMPLE_SETTINGS,
    });
    // The worker first: it would look for its servers while it stops.
    const stop = () => worker.stop().then(stopServers);
    return { temporal, emulator, awsEndpoint, worker, stop };
  } catch (error) {
    await stopServers();
    throw error;
  }
}
