import { activityFailure } from './awsFailure.js';

export type PlanCheck = (plan: unknown) => string[] | Promise<string[]>;

/**
 * Checks a plan before anything is done with it: a service in any language may start the workflow
 * with a plan of its own.
 *
 * @throws ApplicationFailure `invalidPlan`, with every problem in its message
 */
export function checkPlan(check: PlanCheck) {
  return async function checkPlan(plan: unknown): Promise<void> {
    const problems = await check(plan);
    if (problems.length === 0) return;
    throw activityFailure(
      {
        code: 'invalidPlan',
        message: `The plan cannot be deployed. ${problems.join(' ')}`,
        remedy: 'Mend the plan, or let Sluice make it from a deployment file.',
      },
      { retryable: false },
    );
  };
}
