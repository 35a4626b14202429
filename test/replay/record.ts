/**
 * Records the histories that the replay test replays: `npm run record-histories -- [name…]`. Recorded
 * again only when a change to the workflows is meant to be incompatible; otherwise the old ones must
 * replay.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startEmulator } from '../../dev/stack/emulator.js';
import { startedTogether } from '../../dev/stack/startedTogether.js';
import { startTemporal } from '../../dev/stack/temporal.js';
import { startWorker } from '../../dev/stack/worker.js';
import { Others } from './others.js';
import { shapes } from './shapes.js';

/** The names of those that are to be recorded; without any, all are. */
const wanted = process.argv.slice(2);

const folder = fileURLToPath(new URL('histories', import.meta.url));

const [temporal, emulator] = await startedTogether(
  startTemporal({ headless: true }),
  startEmulator(),
);
const others = await Others.start();
try {
  const { address, namespace } = temporal;
  const awsEndpoint = emulator.endpoint;
  const worker = await startWorker({
    temporalAddress: address,
    namespace,
    awsEndpoint,
    settingsFile: others.settingsFile,
    environment: { SLUICE_CALLBACK_KEY: 'only for what is recorded, and nothing else' },
  });
  const connection = await Connection.connect({ address });
  await record(new Client({ connection, namespace }), awsEndpoint);
  await connection.close();
  await worker.stop();
} finally {
  await Promise.all([temporal.stop(), emulator.stop(), others.stop()]);
}

async function record(client: Client, awsEndpoint: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { name, run } of shapes) {
    for (const [what, workflowId] of Object.entries(await run(client, awsEndpoint, others))) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const history = await client.workflow.getHandle(workflowId).fetchHistory();
      await writeFile(
        `${folder}/${name}.${what}.json`,
        `${withoutPlaces(historyToJSON(history))}\n`,
      );
    }
    console.log(`Recorded ${name}.`);
  }
}

/** Which machine, process and folder recorded a history is nobody's concern. */
function withoutPlaces(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (key, value: unknown) => {
      if (key === 'stackTrace') return '';
      // Identities, and the queues named after them, are process@host.
      return typeof value === 'string' ? value.replace(/^\d+@[\w.-]+/, 'process@host') : value;
    }),
    undefined,
    1,
  );
}
