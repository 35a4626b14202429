import { type Environment, variable } from '../settings/environment.js';
import { messageOf, SluiceError } from '../errors.js';
import { type LocalTemporal, startTemporalServer, type TemporalOptions } from './temporal.js';

const HOW_TO_GET_IT =
  'Install it with `brew install temporal`, or as https://docs.temporal.io/cli/setup-cli says, ' +
  'or name it with SLUICE_TEMPORAL.';

/**
 * Starts a development server with the person's own `temporal` program.
 *
 * @throws SluiceError `invalidSettings` when there is none, `addressInUse` when a port that was
 *   asked for is taken, and `unreachable` with the server's last lines when it does not start
 */
export async function startWith(
  environment: Environment,
  options: Omit<TemporalOptions, 'command' | 'origin'>,
): Promise<LocalTemporal> {
  const named = variable(environment, 'SLUICE_TEMPORAL');
  try {
    return await startTemporalServer({ ...options, command: named ?? 'temporal' });
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    throw codeOf(error) === undefined
      ? new SluiceError('unreachable', messageOf(error), { cause: error })
      : new SluiceError('invalidSettings', notRunnable(named), { cause: error });
  }
}

/** Why the system did not run the program; undefined when it did. */
function codeOf(error: unknown): string | undefined {
  return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
}

function notRunnable(named: string | undefined): string {
  return named === undefined
    ? `There is no \`temporal\` program on the PATH. ${HOW_TO_GET_IT}`
    : `SLUICE_TEMPORAL names ${named}, which is no program that can be run. Correct it, or unset ` +
        'it to use the `temporal` of the PATH.';
}
