import { join } from 'node:path';
import { root } from '../setup/paths.js';
import { answers } from './answers.js';
import { type RunningProgram, startProgram } from '../../src/local/processes.js';

export interface GatewayOptions {
  /** host:port, of Temporal. */
  temporalAddress: string;
  namespace: string;
  /** host:port where it listens. */
  address: string;
  /** Path of the settings file, which has its callback keys. */
  settingsFile: string;
  /** More for its environment. */
  environment?: Record<string, string>;
}

/** The gateway, in a checkout as in its image. */
export const GATEWAY_COMMAND = ['bin/sluice', 'gateway'] as const;

/** Starts `sluice gateway` and waits until it takes callbacks. */
export async function startGateway(options: GatewayOptions): Promise<RunningProgram> {
  const [script, command] = GATEWAY_COMMAND;
  return startProgram({
    name: 'The gateway',
    command: process.execPath,
    args: [join(root, script), command],
    env: { ...gatewayEnvironment(options), SLUICE_GATEWAY_ADDRESS: options.address },
    isReady: () => answers(`http://${options.address}/readyz`),
  });
}

/** What a gateway of the local stack is told by its environment, but for where it listens. */
export function gatewayEnvironment(
  options: Omit<GatewayOptions, 'address'>,
): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: options.temporalAddress,
    TEMPORAL_NAMESPACE: options.namespace,
    SLUICE_SETTINGS: options.settingsFile,
    ...options.environment,
  };
}
