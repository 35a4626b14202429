import { normalName } from '../../domain/naming.js';
import type { Path } from '../path.js';
import type { Said } from '../rules/facts.js';
import type { Draft } from './draft.js';
import type { WrittenDeployment } from './schema.js';

/** What whoever reads the file asks for beside it; it goes before what the file says. */
export interface Adjustments {
  /** Deploy as this application. */
  application?: string;
  /** Deploy to these targets only. */
  targets?: readonly string[];
  /** Values for `{{context.…}}`. */
  context?: Readonly<Record<string, string>>;
}

/** The targets that are to be deployed, or undefined for all of them. */
export function targetFilters(
  { targetFilters }: Draft<WrittenDeployment>,
  adjustments: Adjustments,
): Said<string>[] | undefined {
  if (adjustments.targets !== undefined && adjustments.targets.length > 0)
    return adjustments.targets.map((name) => said(name, ['targets'], 'key'));
  return targetFilters?.flatMap((filter, index) =>
    filter?.includeTarget === undefined
      ? []
      : said(filter.includeTarget, ['targetFilters', index, 'includeTarget'], 'value'),
  );
}

/** Tells of the name of a target whether the target is to be deployed. */
export function asks(
  file: Draft<WrittenDeployment>,
  adjustments: Adjustments,
): (name: string) => boolean {
  const filters = targetFilters(file, adjustments);
  if (filters === undefined) return () => true;
  const names = new Set(filters.map(({ value }) => value));
  return (name) => names.has(name);
}

/** The context values that go before all others. */
export function contextOverrides(
  { contextOverrides }: Pick<WrittenDeployment, 'contextOverrides'>,
  adjustments: Adjustments,
): Record<string, string> {
  return { ...contextOverrides, ...adjustments.context };
}

function said(name: string, path: Path, part: 'key' | 'value'): Said<string> {
  return { value: normalName(name), place: { path, part } };
}
