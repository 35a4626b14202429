import type { Path } from '../path.js';
import type { Draft } from '../written/draft.js';
import { wideShape, type WrittenWide } from '../written/functionWide.js';
import { said, saidByKey, type Said, type WideFact } from './facts.js';

/** A tag of a function. */
interface TagFact {
  key: Said<string>;
  value: Said<string> | undefined;
}

/** What is said of a function as a whole. */
export function wideFacts(wide: Draft<WrittenWide>, path: Path): WideFact {
  const names = Object.keys(wideShape) as (keyof WrittenWide)[];
  return Object.fromEntries(names.map((name) => [name, said(wide[name], [...path, name])]));
}

export function tagsOf({ tags }: WideFact): TagFact[] {
  if (tags === undefined) return [];
  const { path } = tags.place;
  return Object.entries(tags.value).map(([key, value]) => ({
    key: saidByKey(key, [...path, key]),
    value: said(value, [...path, key]),
  }));
}

/** The texts of a runtime management. */
export function runtimeManagementTexts({ runtimeManagementConfig: config }: WideFact) {
  const { value = {}, place: { path } = { path: [] } } = config ?? {};
  return {
    mode: said(value.updateRuntimeOn, [...path, 'updateRuntimeOn']),
    version: said(value.runtimeVersionArn, [...path, 'runtimeVersionArn']),
  };
}
