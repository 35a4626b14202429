import { Connection } from '@temporalio/client';
import { uniqueName } from './names.js';
import { shared } from './shared.js';

/** A day, in seconds: the shortest retention that the server takes. */
const RETENTION_S = 86_400;

/** A namespace of its own: every test file has the task queue `sluice` to itself in it. */
export async function makeNamespace(): Promise<string> {
  const namespace = uniqueName('tests');
  const connection = await Connection.connect({ address: shared.temporalAddress });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: RETENTION_S as unknown as Long },
    });
    await untilKnown(connection, namespace);
    return namespace;
  } finally {
    await connection.close();
  }
}

/** The server's parts hear of a new namespace one after the other. */
async function untilKnown(connection: Connection, namespace: string): Promise<void> {
  for (;;) {
    try {
      await connection.workflowService.listWorkflowExecutions({ namespace, pageSize: 1 });
      return;
    } catch (error) {
      if (!/not found/i.test((error as Error).message)) throw error;
    }
  }
}

type Long = NonNullable<
  NonNullable<
    Parameters<
      Connection['workflowService']['registerNamespace']
    >[0]['workflowExecutionRetentionPeriod']
  >['seconds']
>;
