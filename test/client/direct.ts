import { Client, Connection } from '@temporalio/client';
import { shared } from '../support/shared.js';

/** A client of Temporal itself, to look from beside. */
export async function directClient(namespace: string) {
  const connection = await Connection.connect({ address: shared.temporalAddress });
  return {
    client: new Client({ connection, namespace }),
    [Symbol.asyncDispose]: () => connection.close(),
  };
}

/** Terminates what runs in a namespace. */
export async function endAll(namespace: string): Promise<void> {
  await using temporal = await directClient(namespace);
  const { workflow } = temporal.client;
  for await (const { workflowId } of workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    await workflow
      .getHandle(workflowId)
      .terminate()
      .catch(() => undefined);
  }
}
