import { describe, expect, it } from '@jest/globals';
import { CATALOG, renderDiagnostics } from '../../src/config/index.js';
import { codes, diagnose } from './support.js';
import { wrongFiles } from './wrongFiles.js';

const files = wrongFiles();

/** Files that are too large to keep are made, by the tests of hostile files. */
const MADE = ['file-too-large', 'more-problems'];

describe('a wrong file', () => {
  it.each(files)('gets the diagnostics that are written down beside it: $name', (file) => {
    const { name, bytes } = file;
    const diagnostics = diagnose(bytes);
    const text = new TextDecoder().decode(bytes);
    const output = renderDiagnostics(diagnostics, { fileName: `${name}.yaml`, text });
    expect(output).toMatchFileSnapshot(`wrong/${name}.txt`);
    const json = `${JSON.stringify(diagnostics, undefined, 2)}\n`;
    expect(json).toMatchFileSnapshot(`wrong/${name}.json`);
  });

  it('is there for every diagnostic', () => {
    const found = new Set(files.flatMap(({ bytes }) => codes(bytes)));
    expect(CATALOG.map(({ code }) => code).filter((code) => !found.has(code))).toEqual(MADE);
  });

  it('has no diagnostic that is not in the catalog', () => {
    const known = new Map(CATALOG.map(({ code, severity = 'error' }) => [code, severity]));
    const found = files.flatMap(({ bytes }) => diagnose(bytes));
    const unknown = found.filter(({ code, severity }) => known.get(code) !== severity);
    expect(unknown).toEqual([]);
  });
});
