import { shapeText } from '../../domain/functions.js';
import { SETTING_NAMES, SETTINGS } from '../../domain/functionSettings.js';
import type {
  AliasPreflight,
  CodeChange,
  EnvironmentChange,
  FunctionPreflight,
  ProvisionedChange,
  WideChange,
} from '../../domain/preflight.js';
import { oneLine } from './text.js';

/** As many characters of a hash tell two packages apart. */
const HASH_LENGTH = 12;

/** Of the column of names, in characters. */
const LEAST_WIDTH = 13;

/** What deployment files call the settings. A newer worker may tell of others. */
const FILE_NAMES = new Map<string, string>(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].inFile]),
);

/** What would change at a function, one line each: what it is, and old → new. */
export function changeLines(would: FunctionPreflight): string[] {
  const { change, code, keptCode, settings, environment, functionWide = [], alias } = would;
  const { provisionedConcurrency, oldVersions } = would;
  const rows = [
    ...(code === undefined ? [] : [['code', codeText(code)]]),
    ...(keptCode === undefined ? [] : [['replacedCode', `kept as ${keptCode}`]]),
    ...settings.map(({ name, before, after }) => [
      FILE_NAMES.get(name) ?? name,
      before === undefined ? valueText(after) : `${valueText(before)} → ${valueText(after)}`,
    ]),
    ...(environment === undefined ? [] : [['environment', environmentText(environment)]]),
    ...functionWide.map((one) => [one.name, wideText(one)]),
    ...(provisionedConcurrency === undefined
      ? []
      : [['provisioned', provisionedText(provisionedConcurrency)]]),
    ...(oldVersions === undefined ? [] : [['keepVersions', `deletes ${oldVersions.join(', ')}`]]),
    ...(alias === undefined || alias.weights.length === 0 ? [] : [['traffic', trafficText(alias)]]),
    ...(alias === undefined && change === 'change' && !isWideAlone(would)
      ? [['traffic', 'all at once']]
      : []),
  ];
  const width = Math.max(LEAST_WIDTH, ...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', text = '']) => oneLineKept(`${name.padEnd(width)} ${text}`));
}

/** Whether nothing changes but what belongs to the function as a whole. */
function isWideAlone({ functionWide, code, settings, environment }: FunctionPreflight): boolean {
  const isReleased = code !== undefined || settings.length > 0 || environment !== undefined;
  return functionWide !== undefined && !isReleased;
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

/** What is not set is `none`; of what has parts, those that are. */
function valueText(value: unknown): string {
  if (value === '' || value === undefined || value === null) return 'none';
  if (Array.isArray(value)) return value.map(valueText).join(', ') || 'none';
  if (typeof value === 'object') return partsText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function partsText(value: object): string {
  const parts = Object.entries(value)
    .map(([name, part]) => [name, valueText(part)] as const)
    .filter(([, text]) => text !== 'none' && text !== 'false');
  const [only] = parts;
  if (only === undefined) return 'none';
  if (Object.keys(value).length === 1) return only[1];
  return parts.map(([name, text]) => `${name} ${text}`).join('; ');
}

/** Names only: values are nobody's business here. */
function environmentText({ added, removed, changed }: EnvironmentChange): string {
  const signed = (sign: string, names: readonly string[]): string[] =>
    names.map((name) => `${sign}${name}`);
  return [...signed('+', added), ...signed('~', changed), ...signed('-', removed)].join(', ');
}

/** What both versions have meanwhile is what has to be there, and is paid for. */
function provisionedText({ before, after, meanwhile }: ProvisionedChange): string {
  const text = (environments: number): string => (environments === 0 ? 'none' : `${environments}`);
  const both =
    meanwhile > Math.max(before, after) ? `, ${meanwhile} while both versions have it` : '';
  return `${text(before)} → ${text(after)}${both}`;
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
