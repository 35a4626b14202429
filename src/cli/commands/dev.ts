import type { LocalOptions } from '../../local/run.js';
import { runLocally } from '../../local/run.js';
import type { LocalTemporal } from '../../local/temporal.js';
import { type Environment, variable } from '../../settings/environment.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { Console } from '../console.js';
import type { ExitReason } from '../exitCodes.js';

/** Runs a Temporal server and a worker, and says how to use them from another shell. */
export async function dev(options: LocalOptions, console: Console): Promise<ExitReason> {
  console.out(terminal`Starting a Temporal server and a worker.\n`);
  await runLocally(console.environment, options, (temporal) =>
    console.out(TerminalText.of(welcome(temporal, options, console.environment))),
  );
  return 'succeeded';
}

function welcome(
  { address, namespace, uiUrl = '' }: LocalTemporal,
  { dbFile }: LocalOptions,
  environment: Environment,
): string {
  const kept = dbFile === undefined ? 'Temporal then forgets all deployments' : `${dbFile} is kept`;
  return `
Temporal and a worker run. Ctrl-C stops both; ${kept}.

  Temporal UI   ${uiUrl}
  Temporal      ${address}
  AWS           ${variable(environment, 'AWS_ENDPOINT_URL') ?? 'the accounts that deployments name'}

To use them, paste this into another shell:

  export TEMPORAL_ADDRESS=${address} TEMPORAL_NAMESPACE=${namespace} SLUICE_UI_URL=${uiUrl}

and deploy:

  sluice deploy start -f deploy.yaml --watch
`;
}
