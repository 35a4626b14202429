import { InvalidFileError } from '../client/errors.js';
import { type ExitReason, exitReasonOfError } from '../cli/exitCodes.js';
import { textOf } from '../cli/failure.js';
import { type PlanOfFile, readPlan } from '../client/planSource.js';
import { annotationOf, renderAnnotations } from '../config/index.js';
import { terminal } from '../domain/terminalText.js';
import { SluiceError } from '../errors.js';
import { connectionEnvironment, secretsIn } from './connection.js';
import { deploy } from './deploy.js';
import { writeSummary } from './files.js';
import type { Job } from './job.js';
import { repositoryFile } from './repositoryFile.js';
import { readRequest, type Request } from './request.js';
import { problemSummary } from './summary.js';

/** Does what the step of a job asks for. It exits as the command would. */
export async function runAction(job: Job): Promise<ExitReason> {
  // Elsewhere than on a runner, the command would only show the secret.
  if (job.environment.GITHUB_ACTIONS === 'true')
    for (const secret of secretsIn(job.environment)) job.log.mask(secret);
  try {
    const environment = connectionEnvironment(job.environment);
    const request = readRequest(environment);
    const { plan } = await annotatedPlan(request, job);
    return await deploy(plan, request, { ...job, environment });
  } catch (error) {
    await sayProblem(error, job);
    return error instanceof SluiceError ? exitReasonOfError(error.code) : 'internal';
  }
}

/** Says at the lines of the file what is wrong with it, or what should be looked at. */
async function annotatedPlan(request: Request, { environment, log }: Job): Promise<PlanOfFile> {
  const file = repositoryFile(request.file, environment);
  try {
    const found = await readPlan({ file: file.path, asked: request.asked }, file.name);
    log.commands(renderAnnotations(found.diagnostics, file.name));
    return found;
  } catch (error) {
    if (error instanceof InvalidFileError)
      log.commands(renderAnnotations(error.diagnostics, file.name));
    throw error;
  }
}

/** What is known to go wrong once there is a deployment is told with it. */
async function sayProblem(error: unknown, { environment, log }: Job): Promise<void> {
  const text = textOf(error, { colours: false, environment });
  const isKnown = error instanceof SluiceError;
  const title = isKnown ? 'The deployment was not started' : 'The action failed';
  if (error instanceof InvalidFileError && error.diagnostics.length > 0) {
    await log.group(title, (say) => Promise.resolve(say(terminal`${text}\n`)));
  } else {
    log.commands(annotationOf(text.text));
  }
  await writeSummary(environment, problemSummary(title, text.text));
}
