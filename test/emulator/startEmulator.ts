import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
/** The Python that has ministack installed. */
export const python = process.env['SLUICE_PYTHON'] ?? join(repository, '.local/venv/bin/python');
export const emulatorFolder = join(repository, 'dev/emulator');

/** One request the emulator answered, as its log tells it. */
export interface RecordedRequest {
  seq: number;
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
}

export interface Emulator {
  endpoint: string;
  process: ChildProcess;
  /** The requests answered so far, or after the one with the given number. */
  requests(since?: number): Promise<{ next: number; requests: RecordedRequest[] }>;
  /** The date that decides which runtimes are blocked. */
  setToday(date: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the emulator on a free port, with creates and updates that take a tenth of a second. */
export async function startEmulator(settings: Record<string, string> = {}): Promise<Emulator> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(python, [emulatorFolder], {
    env: {
      ...process.env,
      SLUICE_EMULATOR_UPDATE_MS: '100',
      ...settings,
      GATEWAY_PORT: String(port),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await untilHealthy(child, endpoint);
  return {
    endpoint,
    process: child,
    requests: async (since = 0) => {
      const answer = await fetch(`${endpoint}/_sluice/requests?since=${since}`);
      return (await answer.json()) as { next: number; requests: RecordedRequest[] };
    },
    setToday: async (date) => {
      await fetch(`${endpoint}/_sluice/today?date=${date}`, { method: 'POST' });
    },
    stop: () => stopped(child),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilHealthy(child: ChildProcess, endpoint: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    if (child.exitCode !== null) throw new Error(`The emulator ended with ${child.exitCode}.`);
    if (Date.now() > deadline) throw new Error('The emulator did not start.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
