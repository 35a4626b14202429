import type { UpdateWideInput, WideAnswer } from '../../src/activities/wide.js';
import type { FunctionWide } from '../../src/domain/functionWide.js';
import {
  WIDE_NAMES,
  wideByDefault,
  wideDifference,
  type WideState,
} from '../../src/domain/wideSettings.js';
import { refusal } from './memoryRules.js';

interface Whole {
  wide?: WideState;
  provisioned?: Map<string, number>;
}

/** What a function is as a whole, of what is wanted. */
export function wideIn({ wide = {} }: Whole, wanted: FunctionWide | undefined): WideState {
  const all = { ...wideByDefault(wanted ?? {}), ...wide };
  const named = WIDE_NAMES.filter((name) => wanted?.[name] !== undefined);
  return Object.fromEntries(named.map((name) => [name, all[name]]));
}

/** Writes it in one request, where AWS would take it. Undefined: it is so already. */
export function writeWide(found: Whole, { name, wanted }: UpdateWideInput): WideAnswer | undefined {
  const present = wideIn(found, { [name]: wanted })[name];
  if (wideDifference(name, present, wanted) === undefined) return undefined;
  if (name === 'reservedConcurrency' && typeof wanted === 'number') {
    const taken = provisionedTogether(found);
    if (wanted < taken) throw refusal(`${wanted} are less than the ${taken} that are provisioned.`);
  }
  found.wide = { ...found.wide, [name]: wanted };
  return { found: wanted, isDone: true };
}

/** What is provisioned comes from what is reserved. */
export function assertReserved(found: Whole, version: string, wanted: number): void {
  const reserved = found.wide?.reservedConcurrency;
  const present = found.provisioned?.get(version) ?? 0;
  const together = provisionedTogether(found) - present + wanted;
  if (typeof reserved === 'number' && together > reserved)
    throw refusal(`${together} are more than the ${reserved} that are reserved.`);
}

function provisionedTogether({ provisioned }: Whole): number {
  return [...(provisioned?.values() ?? [])].reduce((sum, one) => sum + one, 0);
}
