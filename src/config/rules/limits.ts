import { durationText } from '../../domain/durations.js';
import {
  MAX_FUNCTIONS,
  MAX_PLAN_BYTES,
  MAX_TARGETS,
  MAX_WAIT_MS,
  MIN_TIMEOUT_MS,
} from '../../domain/plan.js';
import type { Finding } from '../findings.js';
import { quoted } from '../quoted.js';
import type { ProblemKind } from '../problemKind.js';
import type { Rule } from './rule.js';

export const noTargets: Rule = {
  code: 'no-targets',
  inEditor: true,
  reason: 'A deployment without a target has nothing to do.',
  wrong: 'version: v1\nkind: lambda\napplication: shop\ntargets: {}',
  right: 'version: v1\nkind: lambda\napplication: shop\ntargets:\n  production: {}',
  whole: true,
  breaches({ targets, filters }) {
    if (targets === undefined || targets.length > 0 || filters !== undefined) return [];
    const message = 'The deployment has no target.';
    return [{ place: { path: ['targets'], part: 'key' }, message, remedy: 'Add a target.' }];
  },
};

export const tooManyTargets: Rule = {
  code: 'too-many-targets',
  inEditor: true,
  reason: `Each target is a workflow of its own, and Temporal lets a deployment wait for at most ${MAX_TARGETS}.`,
  wrong: `targets: {t1: {}, t2: {}, …, t${MAX_TARGETS + 1}: {}}`,
  right: 'targets: {production: {region: us-east-1}}',
  abridged: true,
  breaches({ targets = [] }) {
    const first = targets[MAX_TARGETS];
    if (first === undefined) return [];
    const message = `The deployment has ${targets.length} targets, and the most it may have is ${MAX_TARGETS}.`;
    return [{ place: first.name.place, message, remedy: 'Split it into several deployments.' }];
  },
};

export const tooManyFunctions: Rule = {
  code: 'too-many-functions',
  reason: `A target deploys at most ${MAX_FUNCTIONS} functions: the history of a Temporal workflow has an end.`,
  wrong: `providerOptions:
  lambda:
    - {target: production, name: f1, …}
    # …
    - {target: production, name: f${MAX_FUNCTIONS + 1}, …}`,
  right: `providerOptions:
  lambda:
    - {target: production, name: f1, …}
    # …
    - {target: production-2, name: f${MAX_FUNCTIONS + 1}, …}`,
  abridged: true,
  breaches({ functions = [] }) {
    const counts = new Map<string, number>();
    return functions.flatMap(({ target }) => {
      if (target === undefined) return [];
      const count = (counts.get(target.value) ?? 0) + 1;
      counts.set(target.value, count);
      if (count !== MAX_FUNCTIONS + 1) return [];
      const message = `The target ${quoted(target.value)} has more than ${MAX_FUNCTIONS} functions.`;
      return [{ place: target.place, message, remedy: 'Split it into several targets.' }];
    });
  },
};

export const deploymentTimeout: Rule = {
  code: 'deployment-timeout',
  reason:
    'In less than a minute AWS has often not even finished an update, and nobody waits longer than a year.',
  wrong: 'deploymentConfig: {timeout: {duration: 30, unit: seconds}}',
  right: 'deploymentConfig: {timeout: {duration: 30, unit: minutes}}',
  breaches({ timeoutMs }) {
    if (timeoutMs === undefined) return [];
    const { value, place } = timeoutMs;
    if (value <= 0 || (value >= MIN_TIMEOUT_MS && value <= MAX_WAIT_MS)) return [];
    const message = `The timeout is ${durationText(value)}, and must be 60 seconds to 365 days.`;
    return [{ place, message, remedy: 'Give a target the time that its steps need.' }];
  },
};

export const PLAN_TOO_LARGE: ProblemKind = {
  code: 'plan-too-large',
  reason: `What a file means is carried by Temporal in one message, which has at most ${MAX_PLAN_BYTES} bytes. With anchors, a small file can mean much.`,
  wrong: `x-option: &option {environment: {TEXT: …}, …}
providerOptions:
  lambda:
    - {target: t1, <<: *option}
    # …
    - {target: t2000, <<: *option}`,
  right: `x-option: &option {…}
providerOptions:
  lambda:
    - {target: t1, <<: *option}
    # …
    - {target: t2000, <<: *option}`,
  abridged: true,
};

/** A plan that Temporal could not carry as one payload. */
export function planSize(plan: unknown): Finding[] {
  const size = sizeOf(plan);
  if (size !== undefined && size <= MAX_PLAN_BYTES) return [];
  const message =
    size === undefined
      ? 'The plan is no plain data, or is nested without end.'
      : `The plan of the deployment has ${size} bytes, and the most it may have is ${MAX_PLAN_BYTES}.`;
  const remedy =
    size === undefined ? 'Give what a JSON parser answers.' : 'Split it into several deployments.';
  const place = { path: [], part: 'value' } as const;
  return [{ code: PLAN_TOO_LARGE.code, severity: 'error', place, message, remedy }];
}

/** In bytes of JSON; undefined for what JSON cannot say. */
function sizeOf(plan: unknown): number | undefined {
  try {
    return Buffer.byteLength(JSON.stringify(plan) ?? 'null');
  } catch {
    return undefined;
  }
}
