import type { FunctionWide } from '../../domain/functionWide.js';
import { wideShape, type WrittenWide } from '../written/functionWide.js';

/** What a file says of a whole function, as a plan has it, and what else it says there. */
export function wideOf<Others extends object>(
  option: WrittenWide & Others,
): { functionWide: FunctionWide | undefined; settings: Omit<Others, keyof WrittenWide> } {
  const isWide = ([name]: [string, unknown]): boolean => Object.hasOwn(wideShape, name);
  const entries = Object.entries(option);
  const written = Object.fromEntries(entries.filter(isWide)) as WrittenWide;
  const settings = Object.fromEntries(entries.filter((entry) => !isWide(entry)));
  return {
    functionWide: Object.keys(written).length === 0 ? undefined : meant(written),
    settings: settings as Omit<Others, keyof WrittenWide>,
  };
}

function meant({ reservedConcurrency: reserved, ...same }: WrittenWide): FunctionWide {
  if (reserved === undefined) return same;
  return { ...same, reservedConcurrency: reserved === 'none' ? 'none' : Number(reserved) };
}
