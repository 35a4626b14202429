import {
  MAX_FUNCTIONS,
  MAX_PLAN_BYTES,
  MAX_STEPS,
  MAX_TARGETS,
  MIN_TIMEOUT_MS,
} from '../../domain/plan.js';
import type { Breach, Finding } from '../findings.js';
import type { Said } from './facts.js';
import type { Rule } from './rule.js';

/** Nobody waits longer, and numbers far beyond are not exact any more. */
const MAX_TIMEOUT_MS = 365 * 24 * 60 * 60_000;

export const noTargets: Rule = {
  code: 'no-targets',
  breaches({ targets }) {
    if (targets === undefined || targets.length > 0) return [];
    const message = 'The deployment has no target.';
    return [{ place: { path: ['targets'], part: 'key' }, message, remedy: 'Add a target.' }];
  },
};

export const tooManyTargets: Rule = {
  code: 'too-many-targets',
  breaches({ targets = [] }) {
    const first = targets[MAX_TARGETS];
    if (first === undefined) return [];
    const message = `The deployment has ${targets.length} targets, and the most it may have is ${MAX_TARGETS}.`;
    return [{ place: first.name.place, message, remedy: 'Split it into several deployments.' }];
  },
};

export const tooManyFunctions: Rule = {
  code: 'too-many-functions',
  breaches({ functions = [] }) {
    const counts = new Map<string, number>();
    return functions.flatMap(({ target }) => {
      if (target === undefined) return [];
      const count = (counts.get(target.value) ?? 0) + 1;
      counts.set(target.value, count);
      if (count !== MAX_FUNCTIONS + 1) return [];
      const message = `The target ${target.value} has more than ${MAX_FUNCTIONS} functions.`;
      return [{ place: target.place, message, remedy: 'Split it into several targets.' }];
    });
  },
};

export const tooManySteps: Rule = {
  code: 'too-many-steps',
  breaches({ strategies = [] }) {
    return strategies.flatMap(({ name, steps }) => {
      const first = steps[MAX_STEPS];
      if (first === undefined) return [];
      const message = `The strategy ${name.value} has ${steps.length} steps, and the most it may have is ${MAX_STEPS}.`;
      return [{ place: first.place, message, remedy: 'Leave some steps out.' }];
    });
  },
};

export const deploymentTimeout: Rule = {
  code: 'deployment-timeout',
  breaches({ timeoutMs }) {
    if (timeoutMs === undefined) return [];
    const { value, place } = timeoutMs;
    if (value >= MIN_TIMEOUT_MS && value <= MAX_TIMEOUT_MS) return [];
    const message = `The timeout is ${value / 1000} seconds, and must be 60 seconds to 365 days.`;
    return [{ place, message, remedy: 'Give a target the time that its steps need.' }];
  },
};

export const memorySize: Rule = {
  code: 'memory-size',
  breaches: ({ functions = [] }) =>
    functions.flatMap(({ settings }) =>
      outside('memorySize', 'megabytes', settings.memorySize, 128, 10240),
    ),
};

export const functionTimeout: Rule = {
  code: 'function-timeout',
  breaches: ({ functions = [] }) =>
    functions.flatMap(({ settings }) => outside('timeout', 'seconds', settings.timeout, 1, 900)),
};

/** A plan that Temporal could not carry as one payload. */
export function planSize(plan: unknown): Finding[] {
  const size = Buffer.byteLength(JSON.stringify(plan));
  if (size <= MAX_PLAN_BYTES) return [];
  return [
    {
      code: 'plan-too-large',
      severity: 'error',
      place: { path: [], part: 'value' },
      message: `The plan of the deployment has ${size} bytes, and the most it may have is ${MAX_PLAN_BYTES}.`,
      remedy: 'Split it into several deployments.',
    },
  ];
}

function outside(
  setting: string,
  unit: string,
  given: Said<number> | undefined,
  least: number,
  most: number,
): Breach[] {
  if (given === undefined || (given.value >= least && given.value <= most)) return [];
  const message = `The ${setting} is ${given.value}, and Lambda takes ${least} to ${most} ${unit}.`;
  return [{ place: given.place, message, remedy: `Write a number from ${least} to ${most}.` }];
}
