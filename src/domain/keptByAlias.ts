import type { Failure } from './failures.js';
import type { FunctionSnapshot } from './functions.js';
import type { HeldFunction } from './otherHolders.js';
import type { FunctionPlan, Step } from './plan.js';
import { deletionCommand } from './provisioned.js';
import { splitsTraffic, stepsBeforePromotion } from './release.js';

/**
 * Why a function may not be released, because its alias has provisioned concurrency of its own: AWS
 * then neither splits the alias's traffic nor gives any to the version that it serves. Undefined where
 * it may.
 */
export function keptByAlias(
  { alias, provisioned }: FunctionSnapshot,
  { provisionedConcurrency: wanted }: Pick<FunctionPlan, 'alias' | 'provisionedConcurrency'>,
  steps: readonly Step[],
  { name, aliasName = '', target, region }: HeldFunction,
): Failure | undefined {
  const environments = provisioned?.alias;
  if (alias === undefined || environments === undefined) return undefined;
  const splits = splitsTraffic(stepsBeforePromotion(steps));
  if (!splits && wanted === undefined) return undefined;
  const refused = splits
    ? 'AWS does not split the traffic of such an alias'
    : 'AWS gives none to a version that such an alias serves';
  const from = deletionCommand(name, region, aliasName);
  const to =
    `aws lambda put-provisioned-concurrency-config --region ${region} --function-name ${name} ` +
    `--qualifier ${alias.version} --provisioned-concurrent-executions ${environments}`;
  return {
    code: 'splitImpossible',
    message: `Alias ${aliasName} of ${name} in ${region} has provisioned concurrency of its own (${environments}), and ${refused}.`,
    remedy: `Move it to the version that the alias serves, with \`${from}\` and then \`${to}\`; in between there is none. From then on deployments give it to each new version. Then start this one again.`,
    target,
    function: name,
  };
}
