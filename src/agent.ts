import { nameProblem, nameRemedy, normalName } from './domain/naming.js';
import type { Environment } from './settings/environment.js';
import { SluiceError } from './errors.js';
import { createAgent } from './worker/createWorker.js';
import { runUntilStopped } from './worker/run.js';

export { SluiceError } from './errors.js';

/** How an agent is run. */
export interface RunAgentOptions {
  /** As `agentIdentifier` of webhooks says it. Up to 100 characters. */
  identifier: string;
  /**
   * Where the settings come from. `sluice agent --help` lists the variables.
   *
   * @default process.env
   */
  environment?: Environment;
}

/**
 * Runs an agent inside a private network until the process is asked to stop (SIGTERM or SIGINT). It
 * calls the webhooks that name it, and connects to nothing but them and Temporal. Several with the
 * same identifier share the work. Logs go to stderr, as lines of JSON.
 *
 * @throws SluiceError when it cannot start, or had to stop
 */
export async function runAgent({ identifier: given, environment }: RunAgentOptions): Promise<void> {
  const identifier = normalName(given);
  assertIdentifier(identifier);
  await runUntilStopped(environment ?? process.env, {
    name: 'Sluice agent',
    create: (connection, parts) => createAgent(connection, parts, identifier),
    facts: () => ({ identifier }),
  });
}

/** How much of a wrong identifier is said, in characters. */
const MAX_SAID = 100;

function assertIdentifier(identifier: string): void {
  const problem = nameProblem(identifier, 'agent');
  if (problem === undefined) return;
  const said = JSON.stringify(identifier.slice(0, MAX_SAID));
  throw new SluiceError(
    'invalidSettings',
    `An agent's identifier is a name, as agentIdentifier in a deployment file says it: ${said} ` +
      `${problem}. ${nameRemedy('agent')}`,
  );
}
