import { accessSync, constants } from 'node:fs';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { type Environment, variable } from './environment.js';
import { fileProblem } from './fileProblem.js';
import { messageOf, SluiceError } from '../errors.js';

/** Where Temporal is, and how to connect to it. */
export interface TemporalSettings {
  /** host:port */
  address: string;
  namespace: string;
  /** What the SDK's connections take, the address included. May hold secrets: never printed. */
  connection: ClientConnectConfig['connectionOptions'] & { address: string };
}

/** What a caller may say instead of the environment. */
export interface TemporalOverrides {
  /** host:port */
  address?: string;
  namespace?: string;
  /** A profile of Temporal's configuration file. */
  profile?: string;
}

/**
 * Temporal's own environment configuration: the TEMPORAL_… variables and, below them, a profile of
 * its TOML file.
 *
 * @throws SluiceError `invalidConnection` when the file or a variable cannot be read
 */
export function readTemporalSettings(
  environment: Environment,
  overrides: TemporalOverrides = {},
): TemporalSettings {
  const loaded = load(environment, overrides.profile);
  const address = overrides.address ?? loaded.connectionOptions.address ?? 'localhost:7233';
  checkAddress(address);
  return {
    address,
    namespace: overrides.namespace ?? loaded.namespace ?? 'default',
    connection: { ...loaded.connectionOptions, address },
  };
}

function checkAddress(address: string): void {
  if (/^([^\s:/[\]]+|\[[^\s/[\]]+\])(:\d{1,5})?$/.test(address)) return;
  throw new SluiceError(
    'invalidConnection',
    `Temporal's address is ${JSON.stringify(address)}, which is not host:port. ` +
      'Write host:port, without http://, like localhost:7233.',
  );
}

/** Temporal's own loader takes a file that does not exist for an empty one. */
function checkConfigFile(environment: Environment): void {
  const path = variable(environment, 'TEMPORAL_CONFIG_FILE');
  if (path === undefined) return;
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    throw new SluiceError(
      'invalidConnection',
      `The file ${path}, which TEMPORAL_CONFIG_FILE names, ${fileProblem(cause)}. ` +
        'Name a file that exists, or do not set the variable.',
      { cause },
    );
  }
}

function load(environment: Environment, profile: string | undefined): ClientConnectConfig {
  checkConfigFile(environment);
  try {
    return loadClientConnectConfig({
      overrideEnvVars: definedVariables(environment),
      ...(profile === undefined ? {} : { profile }),
    });
  } catch (cause) {
    throw new SluiceError(
      'invalidConnection',
      `Temporal's connection settings cannot be read: ${reasonOf(cause)}. ` +
        'Look at the TEMPORAL_… variables and at the file that TEMPORAL_CONFIG_FILE names.',
      { cause },
    );
  }
}

/** The first line only: below it, a TOML error quotes the file, which may hold an API key. */
function reasonOf(cause: unknown): string {
  if (cause instanceof TypeError) return 'the configuration file has no [profile.…] table';
  return (messageOf(cause).split('\n')[0] ?? '').replace(/[.:]$/, '');
}

/** An empty variable counts as one that is not set. */
function definedVariables(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    ),
  );
}

const HOW_TO_START = 'Start one with `sluice dev` or `temporal server start-dev`';

/** A reason for {@link unreachable}. */
export const NO_SUCH_NAME = "the host's name cannot be resolved";

/** Nothing answered at Temporal's address. */
export function unreachable(
  settings: TemporalSettings,
  reason: string,
  cause?: unknown,
): SluiceError {
  return new SluiceError(
    'unreachable',
    `Temporal cannot be reached at ${settings.address}: ${reason}. ` +
      `${HOW_TO_START}, or say with TEMPORAL_ADDRESS where it is.`,
    { cause },
  );
}

/** Temporal answered, but does not know the namespace. */
export function namespaceNotFound(settings: TemporalSettings, cause?: unknown): SluiceError {
  return new SluiceError(
    'namespaceNotFound',
    `Temporal at ${settings.address} has no namespace "${settings.namespace}". Create it with ` +
      `\`temporal operator namespace create --namespace ${settings.namespace}\`, or name another ` +
      'one with TEMPORAL_NAMESPACE.',
    { cause },
  );
}
