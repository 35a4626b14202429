import { join } from 'node:path';
import { root } from '../setup/paths.js';
import { answers } from './answers.js';
import { WORKER_ACCOUNT } from './awsOptions.js';
import { LOOPBACK, portOrFree, startOnFreePorts } from '../../src/local/ports.js';
import { type RunningProgram, startProgram } from '../../src/local/processes.js';

export interface WorkerOptions {
  /** host:port */
  temporalAddress: string;
  namespace: string;
  awsEndpoint: string;
  /** Path of the settings file. */
  settingsFile?: string;
  /** More for its environment. */
  environment?: Record<string, string>;
}

/** The worker, in a checkout as in its image. */
export const WORKER_COMMAND = ['bin/sluice', 'worker'] as const;

/** Starts `sluice worker` and waits until it takes work. */
export async function startWorker(options: WorkerOptions): Promise<RunningProgram> {
  return startOnFreePorts('the address is in use', () => startOnce(options));
}

async function startOnce(options: WorkerOptions): Promise<RunningProgram> {
  const health = `${LOOPBACK}:${await portOrFree(undefined, "the worker's health check")}`;
  const [script, command] = WORKER_COMMAND;
  return startProgram({
    name: 'The worker',
    command: process.execPath,
    args: [join(root, script), command],
    env: { ...workerEnvironment(options), SLUICE_HEALTH_ADDRESS: health },
    isReady: () => answers(`http://${health}/readyz`),
  });
}

/** What a worker of the local stack is told by its environment. */
export function workerEnvironment(options: WorkerOptions): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: options.temporalAddress,
    TEMPORAL_NAMESPACE: options.namespace,
    AWS_ENDPOINT_URL: options.awsEndpoint,
    AWS_ACCESS_KEY_ID: WORKER_ACCOUNT,
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    ...(options.settingsFile === undefined ? {} : { SLUICE_SETTINGS: options.settingsFile }),
    ...options.environment,
  };
}
