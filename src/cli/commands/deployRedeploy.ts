import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';
import type { OutputFormat } from '../outputFormat.js';
import { answererOf } from '../origin/answerer.js';
import { begin } from './begin.js';
import { connected } from './connected.js';

export interface DeployRedeployOptions {
  /** The earlier deployment. */
  id: string;
  /** Its application, where that is known: it is found more quickly. */
  name?: string;
  output: OutputFormat;
  watch?: boolean;
  supersede?: boolean;
  startedBy?: string;
}

/** `sluice deploy redeploy`. */
export async function deployRedeploy(
  { id, name, output, watch = false, supersede = false, startedBy: given }: DeployRedeployOptions,
  console: Console,
): Promise<ExitReason> {
  const startedBy = answererOf(given, console.environment);
  return connected(output, console, async (connection) => {
    const { sluice } = connection;
    const earlier = await sluice.find(id, name);
    const options = { supersede, ...(startedBy && { startedBy }) };
    const accepted = await sluice.redeploy(earlier.application, {
      runId: earlier.runId,
      ...options,
    });
    return begin(connection, accepted, { watch }, console);
  });
}
