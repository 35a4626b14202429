import { CONTROL } from './domain/names.js';
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

/** The longest identifier, in characters. */
const MAX_IDENTIFIER = 100;

/**
 * Runs an agent inside a private network until the process is asked to stop (SIGTERM or SIGINT). It
 * calls the webhooks that name it, and connects to nothing but them and Temporal. Several with the
 * same identifier share the work. Logs go to stderr, as lines of JSON.
 *
 * @throws SluiceError when it cannot start, or had to stop
 */
export async function runAgent({ identifier, environment }: RunAgentOptions): Promise<void> {
  assertIdentifier(identifier);
  await runUntilStopped(environment ?? process.env, {
    name: 'Sluice agent',
    create: (connection, parts) => createAgent(connection, parts, identifier),
    facts: () => ({ identifier }),
  });
}

function assertIdentifier(identifier: string): void {
  const isGood =
    identifier.trim() === identifier &&
    identifier !== '' &&
    identifier.length <= MAX_IDENTIFIER &&
    !CONTROL.test(identifier);
  if (isGood) return;
  throw new SluiceError(
    'invalidSettings',
    `An agent's identifier is a name of up to ${MAX_IDENTIFIER} characters, as agentIdentifier in ` +
      `a deployment file says it. ${JSON.stringify(identifier.slice(0, MAX_IDENTIFIER))} is none.`,
  );
}
