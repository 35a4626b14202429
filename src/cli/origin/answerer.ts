import { userInfo } from 'node:os';
import { type Environment, variable } from '../../settings/environment.js';
import { CI_SYSTEMS, type CiSystem } from './ciSystems.js';

/**
 * Who runs the command: as they say, else the person for whom a CI system runs it, else the user of
 * this process.
 */
export function answererOf(said: string | undefined, environment: Environment): string | undefined {
  if (said !== undefined) return said;
  const system = ciSystemOf(environment);
  const person = system?.startedBy && variable(environment, system.startedBy);
  return person || userName();
}

/** The CI system that this is a job of. */
export function ciSystemOf(environment: Environment): CiSystem | undefined {
  return CI_SYSTEMS.find(({ marker }) => variable(environment, marker) !== undefined);
}

/** A container may run as a user that has no name. */
function userName(): string | undefined {
  try {
    return userInfo().username;
  } catch {
    return undefined;
  }
}
