import { GetLayerVersionByArnCommand } from '@aws-sdk/client-lambda';
import type { Findings, PreflightWarning } from '../../domain/preflight.js';
import type { FunctionAccess } from '../access.js';
import type { IdentityApi } from '../identityApi.js';
import { isGone } from '../imageSource.js';
import type { LambdaApi } from '../lambdaApi.js';
import type { Tools } from '../tools.js';
import { NOTHING, problem, together, warning } from './checking.js';
import { unusable } from './executionRole.js';

/** Of the layer versions that the function would be given, those that do not exist. */
export async function layersThere(api: LambdaApi, layers: readonly string[]): Promise<Findings> {
  const found = await Promise.all(layers.map((arn) => isThere(api, arn)));
  const missing = layers.filter((_, index) => found[index] === false);
  const { target, function: name } = api.access;
  return together(
    missing.map((arn) =>
      problem({
        code: 'settingsRejected',
        message: `${name} would be given the layer version ${arn}, which does not exist.`,
        remedy: 'Name a version of the layer that exists.',
        target,
        function: name,
      }),
    ),
  );
}

/** Of the layer versions that a rollback would give back, those that were deleted since. */
export async function layersLeft(
  api: LambdaApi,
  layers: readonly string[],
  alias: string | undefined,
): Promise<Findings> {
  return together(await Promise.all(layers.map((arn) => layerLeft(api, arn, alias))));
}

/** AWS runs a function on with a layer version that was deleted, and gives it to none any more. */
async function layerLeft(
  api: LambdaApi,
  arn: string,
  alias: string | undefined,
): Promise<Findings> {
  if (await isThere(api, arn)) return NOTHING;
  return warning({
    code: 'layersNotRestorable',
    message: `${api.access.function} has the layer version ${arn}, which no longer exists: ${consequence(alias, 'its layers')}.`,
    ...remedy(alias, 'Move the function to layers that exist in a deployment of its own'),
  });
}

async function isThere(api: LambdaApi, arn: string): Promise<boolean> {
  const found = await api.find('control', `look at the layer ${arn}`, (client, options) =>
    client.send(new GetLayerVersionByArnCommand({ Arn: arn }), options),
  );
  return found !== undefined;
}

/** Whether a rollback could give the execution role back that the function has. */
export async function roleLeft(
  api: IdentityApi,
  role: string,
  alias: string | undefined,
): Promise<Findings> {
  const found = await unusable(api, role);
  if (found === undefined) return NOTHING;
  return warning({
    code: 'roleNotRestorable',
    message: `${found.message} It has it now, and ${consequence(alias, 'it')}.`,
    ...remedy(alias, 'Mend the role'),
  });
}

/** Whether a rollback could give the image back that the function has. */
export async function imageLeft(
  tools: Tools,
  access: FunctionAccess,
  uri: string,
  alias: string | undefined,
): Promise<Findings> {
  if (!(await isGone(tools, access, uri))) return NOTHING;
  return warning({
    code: 'imageNotRestorable',
    message: `${access.function} has the image ${uri}, which Amazon ECR no longer has: ${consequence(alias, 'it')}.`,
    ...remedy(alias, 'Push that image again, as it was'),
  });
}

function consequence(alias: string | undefined, what: string): string {
  return alias === undefined
    ? `a rollback could not put ${what} back, and would be stuck with everything else put back`
    : `a rollback could put back the traffic of ${alias}, and not ${what} on $LATEST`;
}

function remedy(alias: string | undefined, text: string): Pick<PreflightWarning, 'remedy'> {
  return {
    remedy:
      alias === undefined
        ? `${text}, or give the function an alias before the deployment.`
        : `${text} before the deployment.`,
  };
}
