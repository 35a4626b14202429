import { carryOut } from '../../src/cli/carryOut.js';
import { EXIT_CODES } from '../../src/cli/exitCodes.js';
import { shared } from '../support/shared.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { KeptConsole } from './keptConsole.js';

/** What came of a command. */
export interface Ran {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** What a command has beside its arguments. No person sits in front of it, unless there are keys. */
type Surroundings = Partial<
  Pick<KeptConsole, 'environment' | 'input' | 'colours' | 'drawable' | 'keyboard'>
>;

/** A command that is carried out in this process. */
export interface Running {
  /** What it has said so far. */
  readonly console: KeptConsole;
  readonly ended: Promise<Ran>;
}

function startHere(args: readonly string[], given: Surroundings): Running {
  const environment = { ...NO_TEMPORAL_CONFIG, ...given.environment };
  const piped = { drawable: false, columns: 80 };
  const console = Object.assign(new KeptConsole(), piped, given, { environment });
  const ended = carryOut(args, console).then((reason) => ({
    exitCode: EXIT_CODES[reason].code,
    stdout: console.written,
    stderr: console.errors,
  }));
  return { console, ended };
}

/** Carries a command out in this process. */
export function runHere(args: readonly string[], given: Surroundings = {}): Promise<Ran> {
  return startHere(args, given).ended;
}

/** Begins to carry a command out here, in a namespace of the server that all tests share. */
export function startIn(
  namespace: string,
  args: readonly string[],
  { environment, ...given }: Surroundings = {},
): Running {
  const temporal = { TEMPORAL_ADDRESS: shared.temporalAddress, TEMPORAL_NAMESPACE: namespace };
  return startHere(args, { ...given, environment: { ...temporal, ...environment } });
}

/** Carries a command out here, in a namespace of the server that all tests share. */
export function runIn(...given: Parameters<typeof startIn>): Promise<Ran> {
  return startIn(...given).ended;
}
