import type { Plan } from './plan.js';

/**
 * What a plan asks for and this version does not do: sentences, none when it does everything. A
 * deployment never starts with a step that would be left out.
 */
export function notCarriedOut(plan: Plan): string[] {
  if (plan.ifDeploymentInProgress === 'reject') return [];
  return [
    'This version of Sluice does not carry out enqueueOne yet, asked for by deploymentConfig.',
  ];
}
