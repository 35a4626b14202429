import type { Adjustments } from '../config/index.js';
import { readPairs } from '../cli/pairs.js';
import { defined } from '../domain/defined.js';
import { readName } from '../domain/naming.js';
import { type Environment, variable } from '../settings/environment.js';
import { input, wrongInput } from './inputs.js';

/** What a job asks for. */
export interface Request {
  /** As the input names it. */
  file: string;
  asked: Adjustments;
  /** Whether the job waits for the end of the deployment. */
  wait: boolean;
  startedBy?: string;
  commit?: string;
}

/**
 * Reads the inputs that say what is deployed. Who starts it and from which commit is what GitHub
 * says, unless an input says something else.
 *
 * @throws SluiceError `invalidArguments`
 */
export function readRequest(environment: Environment): Request {
  const file = input(environment, 'path-to-file');
  if (file === undefined) {
    throw wrongInput(
      'path-to-file',
      'is missing. Give the path of the deployment file in the repository, such as deploy.yaml.',
    );
  }
  const startedBy = input(environment, 'startedBy') ?? variable(environment, 'GITHUB_ACTOR');
  const commit = input(environment, 'commit') ?? variable(environment, 'GITHUB_SHA');
  return {
    file,
    asked: askedOf(environment),
    wait: waits(environment),
    ...defined({ startedBy, commit }),
  };
}

function applicationOf(environment: Environment): string | undefined {
  const given = input(environment, 'applicationName');
  if (given === undefined) return undefined;
  const read = readName(given, 'application');
  if ('name' in read) return read.name;
  throw wrongInput('applicationName', `${read.problem}. Give another name for the application.`);
}

function askedOf(environment: Environment): Adjustments {
  const targets = listed(input(environment, 'targetFilters'), /[,\n]/);
  return {
    ...(targets.length > 0 && { targets }),
    ...defined({ application: applicationOf(environment), context: contextOf(environment) }),
  };
}

function contextOf(environment: Environment): Record<string, string> | undefined {
  const lines = listed(input(environment, 'addContext'), /\n/);
  const context: Record<string, string> = {};
  for (const line of lines) {
    const read = readPairs(line);
    if ('problem' in read) throw wrongInput('addContext', `cannot be read. ${read.problem}`);
    Object.assign(context, read.pairs);
  }
  return lines.length === 0 ? undefined : context;
}

function waits(environment: Environment): boolean {
  const given = input(environment, 'waitForDeployment')?.toLowerCase() ?? 'false';
  if (given === 'true' || given === 'false') return given === 'true';
  throw wrongInput('waitForDeployment', `is ${JSON.stringify(given)}. Write true or false.`);
}

function listed(text: string | undefined, separator: RegExp): string[] {
  const parts = (text ?? '').split(separator).map((part) => part.trim());
  return parts.filter((part) => part !== '');
}
