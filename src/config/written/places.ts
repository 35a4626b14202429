import { matches, type Path } from '../path.js';
import type { NotYet } from '../shape/shape.js';
import type { Places } from '../source/treeReader.js';

/** Where a number or a boolean is taken as the text it was written as, so that 1.10 stays 1.10. */
const TEXT = [
  'application',
  'description',
  'context.*',
  'targets.*.account',
  'targets.*.strategy',
  'targets.*.constraints.dependsOn.*',
  'artifacts.*.functionName',
  'providerOptions.lambda.*.target',
  'providerOptions.lambda.*.name',
  'providerOptions.lambda.*.environment.*',
  'trafficManagement.*.targets.*',
  'trafficManagement.*.alias.*.functionName',
  'trafficManagement.*.alias.*.aliasName',
];

/** Keys of the language that this version does not do. */
const LATER_KEYS = [
  'analysis',
  'webhooks',
  'contextOverrides',
  'targetFilters',
  'targets.*.constraints.beforeDeployment',
  'targets.*.constraints.afterDeployment',
  'strategies.*.canary.steps.*.pause',
  'strategies.*.canary.steps.*.runWebhook',
  'strategies.*.canary.steps.*.analysis',
];

/** Values of the language that this version does not do. */
const LATER_VALUES: Record<string, string> = {
  'deploymentConfig.ifDeploymentInProgress.strategy': 'enqueueOne',
};

export const places: Places = {
  isText: (path) => TEXT.some((pattern) => matches(pattern, path)),
  /** The top level may have keys of its own for anchors. */
  isFree: ([key, ...rest]) => rest.length === 0 && String(key).startsWith('x-'),
};

export const notYet: NotYet = {
  has: (path, value) =>
    LATER_KEYS.some((pattern) => matches(pattern, path)) ||
    Object.entries(LATER_VALUES).some(
      ([pattern, later]) => value === later && matches(pattern, path),
    ),
  keysAt: (path) => LATER_KEYS.flatMap((pattern) => keyOf(pattern, path)),
};

/** The last key of a pattern whose other keys lead to the path. */
function keyOf(pattern: string, path: Path): string[] {
  const [, parent = '', key = ''] = /^(?:(.*)\.)?([^.]+)$/.exec(pattern) ?? [];
  const leads = parent === '' ? path.length === 0 : matches(parent, path);
  return leads ? [key] : [];
}
