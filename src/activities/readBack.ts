import { defined } from '../domain/defined.js';
import type { ReadBack } from '../domain/readBack.js';
import type { FunctionAccess } from './access.js';
import { aliasState, functionState } from './functionState.js';
import { findAlias, findFunction, findSettledFunction } from './reading.js';
import type { Tools } from './tools.js';

export interface ReadBackInput extends FunctionAccess {
  /** The one that the plan names. */
  alias?: string;
}

/** Reads what a function is and what serves its traffic, for an outcome to state. */
export function readBack(tools: Tools) {
  return async function readBack(input: ReadBackInput): Promise<ReadBack> {
    const api = tools.lambda(input);
    const readAt = new Date().toISOString();
    const present = await findSettledFunction(api);
    if (present === undefined) return { readAt };
    const latest = functionState(present, input.deploymentId);
    const found = input.alias === undefined ? undefined : await findAlias(api, input.alias);
    if (found === undefined) return { readAt, latest };
    const { version, weights } = aliasState(found);
    const served = (await findFunction(api, version))?.Configuration?.CodeSha256;
    return {
      readAt,
      latest,
      alias: { version, weights },
      ...defined({ servedCodeSha256: served }),
    };
  };
}
