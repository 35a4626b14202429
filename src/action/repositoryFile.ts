import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { type Environment, variable } from '../settings/environment.js';

/** A deployment file in what the job has checked out. */
export interface RepositoryFile {
  path: string;
  /** As the repository names it. */
  name: string;
}

/** A path that begins with `/` is one in the repository, too, when there is no such file elsewhere. */
export function repositoryFile(given: string, environment: Environment): RepositoryFile {
  const workspace = variable(environment, 'GITHUB_WORKSPACE') ?? process.cwd();
  const inside = join(workspace, given);
  const path = isAbsolute(given) && existsSync(given) ? given : resolve(inside);
  const name = relative(workspace, path);
  return { path, name: name.startsWith('..') ? path : name };
}
