import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/** Everything that Temporal has stored in a namespace, with all payloads decoded. */
export async function everythingStored(client: Client): Promise<string> {
  const stored: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const text = historyToJSON(await handle.fetchHistory());
    const payloads = [...text.matchAll(/"data": ?"([^"]*)"/g)];
    const decoded = payloads.map(([, data = '']) => Buffer.from(data, 'base64').toString());
    stored.push(text, ...decoded);
  }
  return stored.join('\n');
}
