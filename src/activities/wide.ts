import {
  foreignWide,
  wideDifference,
  withoutWide,
  type WideName,
  type WideValue,
} from '../domain/wideSettings.js';
import type { FunctionAccess } from './access.js';
import { created, type Created } from './answered.js';
import { readWide, writingWide } from './lambdaWide.js';
import type { LambdaApi } from './lambdaApi.js';
import { settledFunction, type SettledFunction } from './reading.js';
import type { Tools } from './tools.js';

/**
 * One setting of a whole function. AWS takes no revision with it, so what may be written over is told
 * by its content.
 */
export interface UpdateWideInput extends FunctionAccess {
  name: WideName;
  /** What may be there until then. Anything else, unless it is wanted, is somebody else's. */
  before: WideValue;
  wanted: WideValue;
}

export interface WideAnswer {
  /** What is there now. */
  found: WideValue;
  /** Whether there is nothing left to be written: all is as wanted, or somebody else's. */
  isDone: boolean;
}

/**
 * Brings one setting of a whole function nearer to what is wanted, with one request at most; tags may
 * need two. On the way forward nothing is written where any of it is somebody else's; on the way back
 * only that stays.
 */
export function updateWide(tools: Tools) {
  return async function updateWide(input: UpdateWideInput): Promise<Created<WideAnswer>> {
    const api = tools.lambda(input);
    const present = await read(api, input);
    const value = toWrite(input, present.value);
    if (value === undefined) return created({ found: present.value, isDone: true });
    const { doing, send } = writingWide(input.name, value, present.found);
    await api.mutate(doing, send);
    const after = await read(api, input);
    const isDone = toWrite(input, after.value) === undefined;
    return created({ found: after.value, isDone });
  };
}

async function read(
  api: LambdaApi,
  { name, wanted }: UpdateWideInput,
): Promise<{ found: SettledFunction; value: WideValue }> {
  const found = await settledFunction(api);
  const { [name]: value } = await readWide(api, { [name]: wanted }, found);
  if (value === undefined) throw new Error(`${name} was not read`);
  return { found, value };
}

function toWrite(input: UpdateWideInput, found: WideValue): WideValue | undefined {
  const { name, wanted, rollback } = input;
  const lacking = wideDifference(name, found, wanted);
  const foreign = foreignWide(name, found, input);
  if (foreign === undefined) return lacking;
  return rollback === true ? withoutWide(name, lacking, foreign) : undefined;
}
