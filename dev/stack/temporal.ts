import {
  type LocalTemporal,
  startTemporalServer,
  type TemporalOptions as ServerOptions,
} from '../../src/local/temporal.js';
import { namedBy, tools } from '../setup/tools.js';
import { temporalExecutable } from './temporalExecutable.js';

export type { LocalTemporal };

export type TemporalOptions = Omit<ServerOptions, 'command' | 'origin'>;

/** Starts Temporal's development server and waits until its namespace can be used. */
export async function startTemporal(options: TemporalOptions = {}): Promise<LocalTemporal> {
  const command = await temporalExecutable();
  return startTemporalServer({ ...options, command, origin: namedBy(tools.temporalServer) });
}
