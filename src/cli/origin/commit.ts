import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { type Environment, variable } from '../../settings/environment.js';
import { ciSystemOf } from './answerer.js';

/** Git answers in milliseconds, or its disk is slow; the commit is not worth waiting for. */
const GIT_TIMEOUT_MS = 2000;

const A_COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/**
 * The commit that is deployed: as they say, else as the CI system does, else what git has checked
 * out where the deployment file is. That there is none is no failure.
 *
 * @param file - path of the deployment file; `-` for standard input, which is taken to be here
 */
export async function commitOf(
  said: string | undefined,
  file: string,
  environment: Environment,
): Promise<string | undefined> {
  if (said !== undefined) return said;
  const system = ciSystemOf(environment);
  const built = system && variable(environment, system.commit);
  // A build may be of a name, such as HEAD.
  if (built !== undefined && A_COMMIT.test(built)) return built;
  return checkedOut(file === '-' ? '.' : dirname(file));
}

async function checkedOut(folder: string): Promise<string | undefined> {
  const options = { timeout: GIT_TIMEOUT_MS, windowsHide: true };
  try {
    const git = await promisify(execFile)('git', ['-C', folder, 'rev-parse', 'HEAD'], options);
    const commit = git.stdout.trim();
    return A_COMMIT.test(commit) ? commit : undefined;
  } catch {
    return undefined;
  }
}
