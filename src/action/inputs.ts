import type { Environment } from '../settings/environment.js';
import { variable } from '../settings/environment.js';
import { SluiceError } from '../errors.js';

/**
 * The inputs of `action.yml`, and the variables in which it hands them over: text that goes into a
 * script could become part of it.
 */
export const INPUTS = {
  'path-to-file': 'INPUT_PATH_TO_FILE',
  applicationName: 'INPUT_APPLICATION_NAME',
  targetFilters: 'INPUT_TARGET_FILTERS',
  addContext: 'INPUT_ADD_CONTEXT',
  waitForDeployment: 'INPUT_WAIT_FOR_DEPLOYMENT',
  startedBy: 'INPUT_STARTED_BY',
  commit: 'INPUT_COMMIT',
  address: 'INPUT_ADDRESS',
  namespace: 'INPUT_NAMESPACE',
  apiKey: 'INPUT_API_KEY',
  tlsCertificate: 'INPUT_TLS_CERTIFICATE',
  tlsKey: 'INPUT_TLS_KEY',
  tlsServerCa: 'INPUT_TLS_SERVER_CA',
  uiUrl: 'INPUT_UI_URL',
} as const;

export type Input = keyof typeof INPUTS;

/** What an input says; undefined when nothing is given, which a runner hands over as empty text. */
export function input(environment: Environment, name: Input): string | undefined {
  return variable(environment, INPUTS[name]);
}

/** Something is wrong with an input: a sentence that names it, and how to mend it. */
export function wrongInput(name: Input, problem: string): SluiceError {
  return new SluiceError('invalidArguments', `The input ${name} ${problem}`);
}
