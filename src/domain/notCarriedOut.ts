import type { Plan, Step } from './plan.js';

/**
 * What a plan asks for and this version does not do: sentences, none when it does everything. A
 * deployment never starts with a step that would be left out.
 */
export function notCarriedOut(plan: Plan): string[] {
  const asked = new Map<string, string>();
  const ask = (what: string, where: string) => asked.has(what) || asked.set(what, where);
  for (const { name, beforeDeployment, afterDeployment } of plan.targets) {
    for (const { type } of [...beforeDeployment, ...afterDeployment].filter(isOutside))
      ask(type, `the constraints of the target ${name}`);
  }
  for (const [name, { steps }] of Object.entries(plan.strategies))
    for (const { type } of steps.filter(isOutside)) ask(type, `the strategy ${name}`);
  if (plan.ifDeploymentInProgress !== 'reject') ask('enqueueOne', 'deploymentConfig');
  return [...asked].map(
    ([what, where]) =>
      `This version of Sluice does not carry out ${what} yet, asked for by ${where}.`,
  );
}

/** What another system decides. */
function isOutside({ type }: Step): boolean {
  return type === 'runWebhook' || type === 'analysis';
}
