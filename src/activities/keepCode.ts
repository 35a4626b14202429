import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { defined } from '../domain/defined.js';
import type { Failure } from '../domain/failures.js';
import { packageUri, readPackageUri } from '../domain/packages.js';
import type { PackageLocation } from '../domain/plan.js';
import { transferTimeoutMs } from '../domain/requestTimeout.js';
import type { FunctionAccess } from './access.js';
import { activityFailure } from './awsFailure.js';
import { hashOf, isThere, s3Source } from './codeSource.js';
import { copyCode } from './copyCode.js';
import type { LambdaApi } from './lambdaApi.js';
import { placeToKeep } from './placeToKeep.js';
import { settledFunction } from './reading.js';
import { recordedPackage } from './recordedPackage.js';
import { transferFailure } from './slowLink.js';
import type { Tools } from './tools.js';
import { Transfer } from './transfer.js';
import { translateAwsError } from './translate.js';

export interface KeepCodeInput extends FunctionAccess {
  /** `s3://bucket/folder/`. */
  replacedCode: string;
}

/**
 * From where AWS can fetch the code of `$LATEST` once it is replaced: `recorded` is the package that
 * it was made of, `copy` what was kept of it. Or why neither can be had.
 */
export type KeptCode =
  { recorded: string } | { copy: string } | { failure: Failure; isTooSlow?: true };

/**
 * Keeps the code of `$LATEST` where the plan says, unless AWS can fetch it by version from elsewhere,
 * or it is kept there already. Before it says so, Lambda itself reads what is there, as it would on
 * the way back. What fails for good is an answer: it need not stop a deployment.
 */
export function keepCode(tools: Tools) {
  return async function keepCode(input: KeepCodeInput): Promise<KeptCode> {
    const api = tools.lambda(input);
    const found = await settledFunction(api);
    const { CodeSha256: codeSha256 = '', CodeSize: bytes = 0 } = found.Configuration;
    const recorded = await recordedPackage(api, found);
    if (recorded !== undefined && (await isKept(api, recorded, codeSha256))) return { recorded };
    const place = placeToKeep(input, codeSha256);
    const copy = packageUri(place);
    if (await isKept(api, copy, codeSha256)) return { copy };
    const transfer = new Transfer(bytes, { timeoutMs: transferTimeoutMs(bytes) });
    try {
      await copyCode(tools.clientsFor(input).s3, found, place, transfer);
      await assertKept(api, place, codeSha256);
      return { copy };
    } catch (error) {
      return notKept(input, place, transfer, error);
    } finally {
      transfer.end();
    }
  };
}

async function isKept(api: LambdaApi, uri: string, codeSha256: string): Promise<boolean> {
  const location = readPackageUri(uri);
  return location !== undefined && isThere(api, s3Source(location), codeSha256);
}

async function assertKept(
  api: LambdaApi,
  place: PackageLocation,
  codeSha256: string,
): Promise<void> {
  if ((await hashOf(api, s3Source(place))) === codeSha256) return;
  const message = `${packageUri(place)} holds something else than its name says, and is not written over.`;
  const remedy = 'Look who has put it there, and delete it.';
  throw activityFailure({ code: 'codeNotKept', message, remedy }, { retryable: false });
}

/** @throws ApplicationFailure what may pass, for Temporal to try again */
function notKept(
  input: KeepCodeInput,
  place: PackageLocation,
  transfer: Transfer,
  error: unknown,
): KeptCode {
  const doing = `copy the code of ${input.function} to ${packageUri(place)}`;
  const cause = transferFailure(error, transfer, input, { doing, moved: 'handed over' });
  const translated = translateAwsError(cause, { ...input, doing }, activityInfo().attempt);
  if (!(translated instanceof ApplicationFailure) || translated.nonRetryable !== true) {
    throw translated;
  }
  const failure = translated.details?.[0] as Failure;
  const { isTooSlow } = transfer;
  const knowsBetter = isTooSlow || failure.code === 'codeNotKept';
  const remedy = knowsBetter ? failure.remedy : letWrite(input, place);
  return {
    failure: { ...failure, code: 'codeNotKept', ...defined({ remedy }) },
    ...(isTooSlow && { isTooSlow }),
  };
}

function letWrite({ deployRoleArn, region }: KeepCodeInput, { bucket }: PackageLocation): string {
  return `Let ${deployRoleArn} write and read there (s3:PutObject and s3:GetObject), in a bucket in ${region}: is ${bucket} one?`;
}
