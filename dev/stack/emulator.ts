import { join } from 'node:path';
import { root } from '../setup/paths.js';
import { executable, namedBy, tools } from '../setup/tools.js';
import { answers } from './answers.js';
import { LOOPBACK, portOrFree } from '../../src/local/ports.js';
import { type RunningProgram, startProgram } from '../../src/local/processes.js';

export interface EmulatorOptions {
  port?: number;
  /** The emulator's own settings, as dev/emulator/settings.py describes them. */
  env?: Record<string, string>;
}

export interface LocalEmulator extends RunningProgram {
  endpoint: string;
  /** The requests answered so far, or after the one with the given number. */
  requests(since?: number): Promise<RecordedRequests>;
}

export interface RecordedRequests {
  /** The number to ask with next. */
  next: number;
  requests: RecordedRequest[];
}

/** A request that the emulator has answered. */
export interface RecordedRequest {
  seq: number;
  /** Milliseconds since 1970. */
  at: number;
  service: string;
  operation: string;
  mutation: boolean;
  account: string;
  region: string;
  resource: string | null;
  qualifier: string | null;
  parameters: Record<string, unknown>;
  status: number;
  error: string | null;
  /** Of an invocation that took place: which version answered, whether well, and in how long. */
  invocation?: { version: string; failed: boolean; ms: number };
  /** What was said of provisioned concurrency that was asked about. */
  provisioned?: 'IN_PROGRESS' | 'READY' | 'FAILED';
}

/** What Python runs, in a checkout as in the emulator's image. */
export const EMULATOR = 'dev/emulator';

/** Starts the emulator of AWS and waits until it answers. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<LocalEmulator> {
  const port = await portOrFree(options.port, 'the AWS emulator');
  const endpoint = `http://${LOOPBACK}:${port}`;
  const program = await startProgram({
    name: 'The AWS emulator',
    command: executable(tools.emulatorPython),
    origin: namedBy(tools.emulatorPython),
    args: [join(root, EMULATOR)],
    env: { ...options.env, GATEWAY_PORT: String(port), BIND_HOST: LOOPBACK },
    isReady: () => answers(`${endpoint}/_ministack/health`),
  });
  return { ...program, endpoint, requests: (since = 0) => requests(endpoint, since) };
}

async function requests(endpoint: string, since: number): Promise<RecordedRequests> {
  const answer = await fetch(`${endpoint}/_sluice/requests?since=${since}`);
  return (await answer.json()) as RecordedRequests;
}
