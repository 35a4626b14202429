import { MAX_APPLICATION_LENGTH, nameProblem } from '../domain/names.js';
import type { Plan } from '../domain/plan.js';
import { SluiceError } from '../settings/sluiceError.js';
import { oneLine } from './view/text.js';

/**
 * The plan for the application that a command names, before the one that the file names.
 *
 * @throws SluiceError `invalidArguments`
 */
export function forApplication(plan: Plan, name: string | undefined): Plan {
  if (name === undefined) return plan;
  const application = name.normalize('NFC').trim();
  const problem = nameProblem(application, MAX_APPLICATION_LENGTH);
  if (problem === undefined) return { ...plan, application };
  throw new SluiceError(
    'invalidArguments',
    `"${oneLine(name)}" cannot be the name of an application: it ${problem}.`,
  );
}
