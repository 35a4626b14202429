import { CreateFunctionCommand, type CreateFunctionCommandInput } from '@aws-sdk/client-lambda';
import { defined } from '../domain/defined.js';
import type { FunctionState } from '../domain/functions.js';
import { FUNCTION_TAG } from '../domain/marks.js';
import { isImage, packageUri, type PinnedPackage } from '../domain/packages.js';
import type { FunctionPlan } from '../domain/plan.js';
import type { FunctionAccess } from './access.js';
import { created, type Created } from './answered.js';
import { activityFailure } from './awsFailure.js';
import { s3Source } from './codeSource.js';
import { functionState } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { requestOf } from './lambdaSettings.js';
import { ownerOf } from './owner.js';
import { findFunction, succeeded } from './reading.js';
import type { Tools } from './tools.js';

export interface CreateFunctionInput extends FunctionAccess {
  plan: FunctionPlan;
  package: PinnedPackage;
}

/**
 * Creates a function, marked with the deployment. CreateFunction takes no revision; the mark tells
 * an attempt whose predecessor's answer was lost from somebody else's function of the same name.
 */
export function createFunction(tools: Tools) {
  return async function createFunction(
    input: CreateFunctionInput,
  ): Promise<Created<FunctionState>> {
    const api = tools.lambda(input, Object.values(input.plan.settings.environment ?? {}));
    const existing = await findFunction(api);
    if (existing === undefined) await create(api, input);
    else if (ownerOf(existing, input) !== input.deploymentId) throw taken(input);
    return created(functionState(await succeeded(api), input.deploymentId));
  };
}

async function create(api: LambdaApi, input: CreateFunctionInput): Promise<void> {
  const { SourceKMSKeyArn, ...settings } = requestOf(input.plan.settings, input.function);
  await api.mutate(`create ${input.function}`, (client, options) =>
    client.send(
      new CreateFunctionCommand({
        ...settings,
        FunctionName: input.function,
        Role: input.plan.settings.role,
        ...codeOf(input.package, SourceKMSKeyArn),
        Tags: { ...input.plan.functionWide?.tags, [FUNCTION_TAG]: input.deploymentId },
      }),
      options,
    ),
  );
}

/** @param keyArn - what a zip file is encrypted with */
function codeOf(
  pinned: PinnedPackage,
  keyArn: string | undefined,
): Pick<CreateFunctionCommandInput, 'PackageType' | 'Code'> {
  if (isImage(pinned)) return { PackageType: 'Image', Code: { ImageUri: packageUri(pinned) } };
  return { Code: { ...s3Source(pinned), ...defined({ SourceKMSKeyArn: keyArn }) } };
}

function taken({ target, function: name, region }: FunctionAccess): Error {
  return activityFailure(
    {
      code: 'foreignChange',
      message: `${name} did not exist in ${region} when the deployment started, and someone else has created it since.`,
      remedy: 'Start the deployment again: it then updates the function that is there.',
      target,
      function: name,
    },
    { retryable: false },
  );
}
