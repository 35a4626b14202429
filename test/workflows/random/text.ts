import type { Step } from '../../../src/domain/plan.js';
import type { Act, Scenario } from './scenario.js';

/** A scenario for whoever has to understand what went wrong in it. */
export function scenarioText({ plan, befores, faults, acts, lastWord }: Scenario): string {
  const lines = [
    `timeout: ${plan.timeoutMs} ms`,
    ...Object.entries(plan.strategies).map(
      ([name, { steps }]) => `strategy ${name}: ${list(steps)}`,
    ),
    ...plan.targets.flatMap((target) => [
      `target ${target.name}, strategy ${target.strategy}, after ${target.dependsOn.join(', ') || 'nothing'}`,
      `  before: ${list(target.beforeDeployment)}`,
      `  after: ${list(target.afterDeployment)}`,
      ...target.functions.map(
        ({ name, alias, settings }) =>
          `  function ${name}, alias ${alias ?? 'none'}, ${JSON.stringify(settings)}`,
      ),
    ]),
    `functions before: ${befores.join(', ')} (in turn)`,
    ...faults.map((fault) => `fault: ${JSON.stringify(fault)}`),
    ...acts.map(actText),
    `in the end: ${JSON.stringify(lastWord)}`,
  ];
  return lines.join('\n');
}

function list(steps: readonly Step[]): string {
  return steps.map(stepText).join('; ') || 'nothing';
}

function stepText(step: Step): string {
  switch (step.type) {
    case 'setWeight':
      return `weight ${step.weight}`;
    case 'pause':
      return `pause ${step.durationMs} ms`;
    case 'approval':
      return `approval ${JSON.stringify([step.expiresAfterMs, step.requiresRoles])}`;
    default:
      return step.type;
  }
}

function actText({ moment, to, message }: Act): string {
  return `act: ${JSON.stringify(moment)} to ${to ?? 'the deployment'}: ${JSON.stringify(message)}`;
}
