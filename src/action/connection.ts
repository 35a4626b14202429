import type { Environment } from '../settings/environment.js';
import { type Input, input, wrongInput } from './inputs.js';

/** The inputs that stand for a variable which Temporal's tools or Sluice's command know. */
const VARIABLES: Partial<Record<Input, string>> = {
  address: 'TEMPORAL_ADDRESS',
  namespace: 'TEMPORAL_NAMESPACE',
  apiKey: 'TEMPORAL_API_KEY',
  tlsCertificate: 'TEMPORAL_TLS_CLIENT_CERT_DATA',
  tlsKey: 'TEMPORAL_TLS_CLIENT_KEY_DATA',
  tlsServerCa: 'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
  uiUrl: 'SLUICE_UI_URL',
};

/** The inputs that the log must not show. */
const SECRET: readonly Input[] = ['apiKey', 'tlsKey'];

/**
 * The job's environment, with what the inputs say in the place of the variables they stand for.
 *
 * @throws SluiceError `invalidArguments`
 */
export function connectionEnvironment(environment: Environment): Environment {
  assertPair(environment, 'tlsCertificate', 'tlsKey');
  assertPair(environment, 'tlsKey', 'tlsCertificate');
  const given = Object.entries(VARIABLES).flatMap(([name, target]) => {
    const value = input(environment, name as Input);
    return value === undefined ? [] : [[target, value] as const];
  });
  return { ...environment, ...Object.fromEntries(given) };
}

function assertPair(environment: Environment, one: Input, other: Input): void {
  if (input(environment, one) === undefined || input(environment, other) !== undefined) return;
  throw wrongInput(other, `is missing: ${one} is given, and they go together. Give both or none.`);
}

/** What must not be shown, where it is given. */
export function secretsIn(environment: Environment): string[] {
  return SECRET.flatMap((name) => input(environment, name) ?? []);
}
