import { describe, expect, it } from '@jest/globals';
import { CATALOG, renderDiagnostics } from '../../src/config/index.js';
import { said, told } from './said.js';
import { codes, diagnose } from './support.js';
import { wrongFiles, writeDown } from './wrongFiles.js';

const files = wrongFiles();

/** What files get that are made by the tests of hostile files and of included ones. */
const HOSTILE = [
  ...['file-too-large', 'more-problems', 'include-outside', 'too-many-includes'],
  ...['template-too-large', 'too-many-secrets', 'spread-too-large', 'too-much-at-once'],
];

describe('a wrong file', () => {
  it.each(files)('gets the diagnostics that are written down beside it: $name', (file) => {
    const { name, bytes } = file;
    const diagnostics = diagnose(bytes);
    const text = new TextDecoder().decode(bytes);
    const shown = renderDiagnostics(diagnostics, { fileName: `${name}.yaml`, text }).text;
    const found = said(shown, diagnostics);
    if (mayWrite(file.said)) writeDown(file, found);
    else expect(found).toBe(file.said);
    expect(json(told(found))).toBe(json(diagnostics));
  });

  it('is there for every diagnostic', () => {
    const found = new Set(files.flatMap(({ bytes }) => codes(bytes)));
    expect(CATALOG.map(({ code }) => code).filter((code) => !found.has(code))).toEqual(HOSTILE);
  });

  it('has no diagnostic that is not in the catalog', () => {
    const known = new Map(CATALOG.map(({ code, severity = 'error' }) => [code, severity]));
    const found = files.flatMap(({ bytes }) => diagnose(bytes));
    const unknown = found.filter(({ code, severity }) => known.get(code) !== severity);
    expect(unknown).toEqual([]);
  });
});

function json(diagnostics: readonly object[]): string {
  return JSON.stringify(diagnostics, undefined, 2);
}

/** As with snapshots: everything with `-u`, and what is missing, but not in CI. */
function mayWrite(written: string): boolean {
  const { snapshotState } = expect.getState() as unknown as {
    snapshotState: { _updateSnapshot: 'all' | 'new' | 'none' };
  };
  const update = snapshotState._updateSnapshot;
  return update === 'all' || (update === 'new' && written === '');
}
