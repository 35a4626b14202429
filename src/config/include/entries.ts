import type { Finding } from '../findings.js';
import { issuesOf } from '../shape/issues.js';
import { shapeFindings } from '../shape/findings.js';
import type { TextFault } from '../source/faults.js';
import { type Spot, stretchOf } from '../source/tree.js';
import { foreign } from '../written/foreign.js';
import { writtenDeployment } from '../written/schema.js';
import type { IncludeEntry } from './entry.js';
import { atEntry, MAX_INCLUDED, tooMany } from './faults.js';
import { hasKeys } from './merge.js';

const schema = writtenDeployment.pick({ include: true });

/** What a file includes, in the order of its list, and what is wrong with the list. */
export function entriesOf(tree: Spot): { entries: IncludeEntry[]; faults: TextFault[] } {
  const include = tree.entries?.get('include')?.spot;
  if (include === undefined) return { entries: [], faults: [] };
  const items = itemsOf(include);
  const next = items[MAX_INCLUDED];
  if (next !== undefined) return { entries: [], faults: [atEntry(next, tooMany())] };
  const data = { include: include.data };
  const { error } = schema.safeParse(data);
  if (error === undefined) return { entries: items, faults: [] };
  const { findings } = shapeFindings(issuesOf(error), { schema, data });
  return { entries: [], faults: findings.map((finding) => faultOf(finding, tree)) };
}

function itemsOf({ data, range, entries }: Spot): IncludeEntry[] {
  if (!Array.isArray(data)) return [{ text: textOf(data), range, path: ['include'] }];
  return [...(entries ?? [])].map(([index, { spot }]) => ({
    text: textOf(spot.data),
    range: spot.range,
    path: ['include', index],
  }));
}

/** What is no text is refused by its shape. */
function textOf(data: unknown): string {
  return typeof data === 'string' ? data : '';
}

/** What keeps an included file from being a part of this deployment, whatever is in it. */
export function otherLanguage(tree: Spot): TextFault[] {
  if (hasKeys(tree)) return foreign(tree.data).findings.map((each) => faultOf(each, tree));
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      range: tree.range,
      message: 'An included file must be a mapping of keys of a deployment.',
      remedy: 'Begin it with a key such as "webhooks:".',
    },
  ];
}

/** What a file says of its own: all but what it includes. */
export function withoutInclude(tree: Spot): Spot {
  if (!hasKeys(tree) || !tree.entries.has('include')) return tree;
  const { include: _, ...data } = tree.data as Record<string, unknown>;
  const entries = new Map(tree.entries);
  entries.delete('include');
  return { ...tree, data, entries };
}

function faultOf({ place, ...problem }: Finding, tree: Spot): TextFault {
  return { ...problem, range: stretchOf(tree, place).range, path: place.path };
}
