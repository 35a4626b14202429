import { shapeText } from '../../domain/functions.js';
import { SETTING_NAMES, SETTINGS } from '../../domain/functionSettings.js';
import type {
  AliasPreflight,
  CodeChange,
  EnvironmentChange,
  FunctionPreflight,
  WideChange,
} from '../../domain/preflight.js';
import { oneLine } from './text.js';

/** As many characters of a hash tell two packages apart. */
const HASH_LENGTH = 12;

/** What deployment files call the settings. A newer worker may tell of others. */
const FILE_NAMES = new Map<string, string | null>(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].inFile]),
);

/** What would change at a function, one line each: what it is, and old → new. */
export function changeLines({
  change,
  code,
  keptCode,
  settings,
  environment,
  functionWide = [],
  oldVersions,
  alias,
  writes,
}: FunctionPreflight): string[] {
  const rows = [
    ...(code === undefined ? [] : [['code', codeText(code)]]),
    ...(keptCode === undefined ? [] : [['replacedCode', `kept as ${keptCode}`]]),
    ...settings.map(({ name, before, after }) => [
      FILE_NAMES.get(name) ?? name,
      before === undefined ? valueText(after) : `${valueText(before)} → ${valueText(after)}`,
    ]),
    ...(environment === undefined ? [] : [['environment', environmentText(environment)]]),
    ...functionWide.map((one) => [one.name, wideText(one)]),
    ...(oldVersions === undefined ? [] : [['keepVersions', `deletes ${oldVersions.join(', ')}`]]),
    ...(alias === undefined || alias.weights.length === 0 ? [] : [['traffic', trafficText(alias)]]),
    ...(alias === undefined && change === 'change' && releases(writes)
      ? [['traffic', 'all at once']]
      : []),
  ];
  return rows.map(([name = '', text = '']) => oneLineKept(`${name.padEnd(13)} ${text}`));
}

/** Whether the function has a new version, or only something changes of the function as a whole. */
function releases(writes: FunctionPreflight['writes']): boolean {
  return writes.includes('PublishVersion');
}

/** Of tags, each that changes. */
function wideText({ name, before, after }: WideChange): string {
  if (name !== 'tags')
    return before === undefined ? wideValue(after) : `${wideValue(before)} → ${wideValue(after)}`;
  const old = (before ?? {}) as Record<string, string | null>;
  return Object.entries(after as Record<string, string>)
    .map(([key, value]) => {
      const was = old[key];
      return was == null ? `+${key}=${value}` : `~${key}=${was} → ${value}`;
    })
    .join(', ');
}

function wideValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return valueText(value);
  return Object.values(value).join(' ');
}

function codeText({ before, after, package: uri }: CodeChange): string {
  const hashes = [before, after ?? 'unknown'].filter((hash) => hash !== undefined).map(short);
  const again = before !== undefined && before === after;
  return `${again ? `${short(before)}, written again` : hashes.join(' → ')}  from ${uri}`;
}

function short(hash: string): string {
  return hash.slice(0, HASH_LENGTH);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? 'none');
}

/** Names only: values are nobody's business here. */
function environmentText({ added, removed, changed }: EnvironmentChange): string {
  const signed = (sign: string, names: readonly string[]): string[] =>
    names.map((name) => `${sign}${name}`);
  return [...signed('+', added), ...signed('~', changed), ...signed('-', removed)].join(', ');
}

function trafficText({ name, before, created, pinnedFirst, weights }: AliasPreflight): string {
  if (created) return `alias ${name} would be created, for the new version`;
  const shares = weights.map((weight) => `${weight} %`).join(', ');
  const now = before === undefined ? '' : `${shapeText(before)} → `;
  const first = pinnedFirst === true ? 'a version of what it is now → ' : '';
  return `${name}: ${now}${first}${shares} on the new version`;
}

/** Safe to show, with the white space that aligns it. */
function oneLineKept(text: string): string {
  const [, name = '', rest = ''] = /^(\S+\s*)(.*)$/s.exec(text) ?? [];
  return `${name}${oneLine(rest)}`;
}
