import { deploymentWords } from './commands.js';
import type { Failure } from './failures.js';
import { shapeText, type FunctionSnapshot, type OtherHolder } from './functions.js';

/** The function whose alias is looked at. */
export interface HeldFunction {
  name: string;
  aliasName: string | undefined;
  target: string;
  region: string;
}

/**
 * Why a function may not be released, because another deployment splits its alias's traffic; or
 * undefined when it may. A split whose deployment has ended is left over, and keeps nobody.
 */
export function heldByOther(
  { alias, heldBy }: FunctionSnapshot,
  { name, aliasName = '', target, region }: HeldFunction,
): Failure | undefined {
  if (alias === undefined || heldBy === undefined || heldBy.run === 'ended') return undefined;
  const what = `Alias ${aliasName} of ${name} in ${region}`;
  const serves = `It serves ${shapeText(alias)}.`;
  const found = { code: 'otherDeployment' as const, target, function: name };
  if (heldBy.run === 'open') {
    const words = deploymentWords({ application: heldBy.application });
    return {
      ...found,
      message: `${what} is split by ${whose(heldBy)}, which runs. ${serves}`,
      remedy: `Wait until it has ended, or take it back with \`sluice deploy rollback ${words}\`. Then start this one.`,
    };
  }
  const command =
    `aws lambda update-alias --region ${region} --function-name ${name} --name ${aliasName} ` +
    "--routing-config 'AdditionalVersionWeights={}'";
  return {
    ...found,
    message: `${what} is split and says that this is by ${whose(heldBy)}, of which nothing is known in this namespace of Temporal. ${serves}`,
    remedy: `See whether it runs in another namespace. If it does not, give version ${alias.version} all the traffic with \`${command}\`. Then start this one.`,
  };
}

function whose({ application, target, deploymentId }: OtherHolder): string {
  return `deployment ${deploymentId} of the application "${application}" at its target ${target}`;
}
