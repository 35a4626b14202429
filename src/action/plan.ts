import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { InvalidFileError } from '../client/errors.js';
import {
  type Diagnostic,
  loadDeploymentFile,
  readDeployment,
  renderDiagnostics,
} from '../config/index.js';
import type { Plan } from '../domain/plan.js';
import { type Environment, variable } from '../settings/environment.js';
import { messageOf } from '../settings/sluiceError.js';
import type { Request } from './request.js';

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

/** A plan, and what should be looked at in its file. */
export interface FoundPlan {
  plan: Plan;
  warnings: readonly Diagnostic[];
}

/**
 * The plan that the request asks for.
 *
 * @throws InvalidFileError
 */
export async function planFor(
  { asked, application }: Request,
  file: RepositoryFile,
): Promise<FoundPlan> {
  const bytes = await load(file);
  const { plan, diagnostics } = readDeployment(bytes, { ...asked, deploymentId: randomUUID() });
  if (plan === undefined) throw invalid(diagnostics, bytes, file);
  const named = application === undefined ? plan : { ...plan, application };
  return { plan: named, warnings: diagnostics };
}

async function load({ path }: RepositoryFile): Promise<Uint8Array> {
  try {
    return await loadDeploymentFile(path);
  } catch (cause) {
    throw new InvalidFileError([], () => messageOf(cause), { cause });
  }
}

function invalid(
  diagnostics: readonly Diagnostic[],
  bytes: Uint8Array,
  { name: fileName }: RepositoryFile,
): InvalidFileError {
  const text = new TextDecoder().decode(bytes);
  const render = ({ colour }: { colour: boolean }) =>
    renderDiagnostics(diagnostics, { fileName, text, colour }).trimEnd();
  return new InvalidFileError(diagnostics, render);
}
