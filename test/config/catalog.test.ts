import { describe, expect, it } from '@jest/globals';
import { CATALOG } from '../../src/config/index.js';
import { exampleFile } from './examples.js';
import { diagnose } from './support.js';

const runnable = CATALOG.filter(({ abridged }) => !abridged);

describe('the catalog of diagnostics', () => {
  it('has codes that differ, in kebab-case', () => {
    const codes = CATALOG.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[a-z]+[0-9]?(-[a-z0-9]+)*$/.test(code))).toEqual([]);
  });

  it.each(CATALOG)('gives a reason and two examples: $code', ({ reason, wrong, right }) => {
    expect(reason).toMatch(/^[A-Z{].*\.$/s);
    expect(wrong).not.toBe(right);
    expect(right).not.toBe('');
  });

  it.each(runnable)('has a wrong example that gets it: $code', (kind) => {
    const { code, severity = 'error' } = kind;
    expect(diagnose(exampleFile(kind, kind.wrong))).toContainEqual(
      expect.objectContaining({ code, severity }),
    );
  });

  it.each(runnable)('has a right example that does not: $code', (kind) => {
    const codes = diagnose(exampleFile(kind, kind.right)).map(({ code }) => code);
    expect(codes).not.toContain(kind.code);
  });
});
