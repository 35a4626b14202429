import { defined } from '../domain/defined.js';
import type { ReadBack } from '../domain/readBack.js';
import type { FunctionAccess } from './access.js';
import { aliasState, functionState } from './functionState.js';
import { provisionedOf } from './provisioned.js';
import { findAlias, findFunction, findSettled } from './reading.js';
import type { Tools } from './tools.js';

export interface ReadBackInput extends FunctionAccess {
  /** The one that the plan names. */
  alias?: string;
  /** Those whose provisioned concurrency may have been changed. */
  provisioned?: string[];
}

/** Reads what a function is and what serves its traffic, for an outcome to state. */
export function readBack(tools: Tools) {
  return async function readBack(input: ReadBackInput): Promise<ReadBack> {
    const api = tools.lambda(input);
    const readAt = new Date().toISOString();
    const configuration = await findSettled(api);
    if (configuration === undefined) return { readAt };
    const latest = functionState(configuration, input.deploymentId);
    const found = input.alias === undefined ? undefined : await findAlias(api, input.alias);
    const { provisioned: versions } = input;
    const provisioned =
      versions === undefined ? {} : { provisioned: await provisionedOf(api, versions) };
    if (found === undefined) return { readAt, latest, ...provisioned };
    const { version, weights } = aliasState(found);
    const served = (await findFunction(api, version))?.Configuration?.CodeSha256;
    return {
      readAt,
      latest,
      alias: { version, weights },
      ...defined({ servedCodeSha256: served }),
      ...provisioned,
    };
  };
}
