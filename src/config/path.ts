import type { TemplateToken } from '../domain/templates.js';

/** The way to a value: keys, and indexes of lists. */
export type Path = readonly (string | number)[];

/** What a problem is about: a value, or the key in front of it. */
export interface Place {
  path: Path;
  part: 'key' | 'value';
  /** What of a template it is about. */
  token?: TemplateToken;
  /** Which line of a text in lines it is about, from 0 on. */
  line?: number;
}

/** `targets.prod.region`, `artifacts[0].path`, `targets["a b"]`. */
export function pathText(path: Path): string {
  return path.map(segmentText).join('').replace(/^\./, '');
}

/** The longest key that is shown whole, in characters: many problems may be below one key. */
const LONGEST_KEY = 200;

function segmentText(segment: string | number): string {
  if (typeof segment === 'number') return `[${segment}]`;
  const key = segment.length > LONGEST_KEY ? `${segment.slice(0, LONGEST_KEY)}…` : segment;
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/** What a path leads to in plain data, if anything. */
export function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}
