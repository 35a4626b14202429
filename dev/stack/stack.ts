import { reachable } from './answers.js';
import { type LocalEmulator, startEmulator } from './emulator.js';
import { seedExamples } from './examples.js';
import { startGateway } from './gateway.js';
import { type LocalMetrics, startMetrics } from './metrics/server.js';
import { LOOPBACK, portOrFree } from '../../src/local/ports.js';
import type { RunningProgram } from '../../src/local/processes.js';
import { makeStackSettings } from './stackSettings.js';
import { startedTogether } from './startedTogether.js';
import { type LocalTemporal, startTemporal, type TemporalOptions } from './temporal.js';
import { startWorker } from './worker.js';

export interface StackOptions extends TemporalOptions {
  /** What AWS_ENDPOINT_URL names, to use as it is instead of the project's own emulator. */
  awsEndpoint?: string | undefined;
  /** Path of a settings file, in place of the stack's own. */
  settings?: string | undefined;
}

/** A Temporal server, an AWS with the accounts of the examples, and a worker and a gateway. */
export interface Stack {
  temporal: LocalTemporal;
  /** Undefined when an AWS endpoint was brought along. */
  emulator: LocalEmulator | undefined;
  /** Of the invocations that the emulator has seen. */
  metrics: LocalMetrics | undefined;
  /** Path of the settings that a worker of somebody's own needs there. */
  fileForOthers: string;
  awsEndpoint: string;
  worker: RunningProgram;
  gateway: RunningProgram;
  /** Where the gateway is, host:port. */
  gatewayAddress: string;
  stop(): Promise<void>;
}

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
  const gatewayAddress = `${LOOPBACK}:${await portOrFree(undefined, 'the gateway')}`;
  const parts: { stop(): Promise<void> }[] = [temporal, ...(emulator ? [emulator] : [])];
  const stopServers = () => Promise.all(parts.map((part) => part.stop())).then(() => {});
  try {
    const metrics = emulator && (await startMetrics(emulator));
    if (metrics) parts.push(metrics);
    const settings = await makeStackSettings(
      { gateway: gatewayAddress, metrics: metrics?.url },
      options.settings,
    );
    parts.push({ stop: () => settings.remove() });
    const awsEndpoint = options.awsEndpoint ?? emulator!.endpoint;
    await seedExamples(awsEndpoint);
    const common = {
      temporalAddress: temporal.address,
      namespace: temporal.namespace,
      settingsFile: settings.file,
      environment: {
        ...settings.environment,
        ...(temporal.uiUrl !== undefined && { SLUICE_UI_URL: temporal.uiUrl }),
      },
    };
    const [worker, gateway] = await startedTogether(
      startWorker({ ...common, awsEndpoint }),
      startGateway({ ...common, address: gatewayAddress }),
    );
    // These first: they would look for their servers while they stop.
    const stop = () => Promise.all([worker.stop(), gateway.stop()]).then(stopServers);
    const { fileForOthers } = settings;
    return {
      temporal,
      emulator,
      metrics,
      fileForOthers,
      awsEndpoint,
      worker,
      gateway,
      gatewayAddress,
      stop,
    };
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
