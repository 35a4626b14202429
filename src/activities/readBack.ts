import { defined } from '../domain/defined.js';
import type { ReadBack } from '../domain/readBack.js';
import type { WideState } from '../domain/wideSettings.js';
import type { FunctionAccess } from './access.js';
import { aliasState, functionState } from './functionState.js';
import { readWide } from './lambdaWide.js';
import { provisionedOf } from './provisioned.js';
import { findAlias, findFunction, findSettledFunction } from './reading.js';
import type { Tools } from './tools.js';

export interface ReadBackInput extends FunctionAccess {
  /** The one that the plan names. */
  alias?: string;
  /** What belongs to the whole function and was written: as the plan wants it. */
  wide?: WideState;
  /** Those whose provisioned concurrency may have been changed. */
  provisioned?: string[];
}

/** Reads what a function is and what serves its traffic, for an outcome to state. */
export function readBack(tools: Tools) {
  return async function readBack(input: ReadBackInput): Promise<ReadBack> {
    const api = tools.lambda(input);
    const readAt = new Date().toISOString();
    const settled = await findSettledFunction(api);
    if (settled === undefined) return { readAt };
    const latest = functionState(settled, input.deploymentId);
    const wide = input.wide && (await readWide(api, input.wide, settled));
    const { provisioned: versions } = input;
    const provisioned = versions && (await provisionedOf(api, versions));
    const whole = { readAt, latest, ...defined({ wide, provisioned }) };
    const found = input.alias === undefined ? undefined : await findAlias(api, input.alias);
    if (found === undefined) return whole;
    const { version, weights } = aliasState(found);
    const served = (await findFunction(api, version))?.Configuration?.CodeSha256;
    return {
      ...whole,
      alias: { version, weights },
      ...defined({ servedCodeSha256: served }),
    };
  };
}
