import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { answers } from '../dev/stack/answers.js';
import { startGateway } from '../dev/stack/gateway.js';
import { LOOPBACK, portOrFree } from '../src/local/ports.js';
import { type RunningProgram, startProgram } from '../src/local/processes.js';
import { startTemporal } from '../dev/stack/temporal.js';
import { type CallbackAddresses, createCallbackAddresses } from '../src/callbacks/addresses.js';

/** What the gateway is measured with: each a process of its own. */
export interface GatewayStack {
  /** host:port of Temporal. */
  temporalAddress: string;
  client: Client;
  /** Of callbacks to the gateway. */
  addresses: CallbackAddresses;
  /** Of the server that only answers. */
  bareUrl: string;
  stop(): Promise<void>;
}

const KEY = { id: 'bench', secret: 'the key of a bench, which is no secret at all' };

export async function startGatewayStack(): Promise<GatewayStack> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  const programs: RunningProgram[] = [];
  const stop = async () => {
    for (const program of programs.toReversed()) await program.stop();
    await rm(folder, { recursive: true });
  };
  try {
    const temporal = await startTemporal({ headless: true });
    programs.push(temporal);
    const { address: temporalAddress, namespace } = temporal;
    const address = await freeAddress();
    const settingsFile = join(folder, 'settings.yaml');
    await writeFile(settingsFile, settings(`http://${address}`));
    const environment = { SLUICE_CALLBACK_KEY: KEY.secret };
    programs.push(
      await startGateway({ temporalAddress, namespace, address, settingsFile, environment }),
    );
    const bareAddress = await freeAddress();
    programs.push(await startBareServer(bareAddress));
    const connection = await Connection.connect({ address: temporalAddress });
    return {
      temporalAddress,
      client: new Client({ connection, namespace }),
      addresses: createCallbackAddresses({ publicUrl: `http://${address}`, keys: [KEY] }),
      bareUrl: `http://${bareAddress}/`,
      stop: () => connection.close().then(stop),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const settings = (publicUrl: string) => `
callbacks:
  publicUrl: ${publicUrl}
  keys: [{ id: ${KEY.id}, secretFrom: { env: SLUICE_CALLBACK_KEY } }]
gateway: { requestsPerSecond: 1000000 }
`;

async function freeAddress(): Promise<string> {
  return `${LOOPBACK}:${await portOrFree(undefined, 'the bench')}`;
}

function startBareServer(address: string): Promise<RunningProgram> {
  return startProgram({
    name: 'The server that only answers',
    command: process.execPath,
    args: [
      fileURLToPath(new URL('bareServer.js', import.meta.url)),
      address.slice(LOOPBACK.length + 1),
    ],
    isReady: () => answers(`http://${address}/`),
  });
}
