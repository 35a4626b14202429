import { join } from 'node:path';
import { root } from '../../dev/setup/paths.js';
import { answers } from '../../dev/stack/answers.js';
import { LOOPBACK, portOrFree } from '../../src/local/ports.js';
import { type RunningProgram, startProgram } from '../../src/local/processes.js';

export interface AgentOptions {
  /** host:port */
  temporalAddress: string;
  namespace: string;
  identifier: string;
  settingsFile: string;
  /** More for its environment. */
  environment?: Record<string, string>;
}

/** Starts `sluice agent` and waits until it takes work. */
export async function startAgent(options: AgentOptions): Promise<RunningProgram> {
  const health = `${LOOPBACK}:${await portOrFree(undefined, "the agent's health check")}`;
  return startProgram({
    name: 'The agent',
    command: process.execPath,
    args: [join(root, 'bin/sluice'), 'agent', '--identifier', options.identifier],
    env: {
      TEMPORAL_ADDRESS: options.temporalAddress,
      TEMPORAL_NAMESPACE: options.namespace,
      SLUICE_SETTINGS: options.settingsFile,
      SLUICE_HEALTH_ADDRESS: health,
      ...options.environment,
    },
    isReady: () => answers(`http://${health}/readyz`),
  });
}
