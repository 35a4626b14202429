import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { readDeployment } from '../../src/config/index.js';
import { RUNTIMES } from '../../src/domain/runtimeDates.js';
import { DEPLOYMENT_ID, shopWith } from './support.js';

/** What is said of a runtime on a day. */
function codesOn(day: string, runtime: string): string[] {
  const { diagnostics } = readDeployment(shopWith('python3.13', runtime), {
    deploymentId: DEPLOYMENT_ID,
    now: new Date(day),
  });
  return diagnostics.filter(({ path }) => path?.endsWith('[2].runtime')).map(({ code }) => code);
}

describe('a runtime', () => {
  it.each([
    ['2025-08-31', []],
    ['2025-09-01', ['deprecated-runtime']],
    ['2027-01-31T23:59:59Z', ['deprecated-runtime']],
    ['2027-02-01', ['uncreatable-runtime']],
    ['2027-03-02', ['uncreatable-runtime']],
    ['2027-03-03', ['blocked-runtime']],
  ])('is judged by the day on which the file is read: nodejs18.x on %s', (day, expected) => {
    expect(codesOn(day, 'nodejs18.x')).toEqual(expected);
  });

  it.each([
    ['nodejs26.x', 'newer-runtime'],
    ['nodejs23.x', 'unknown-runtime'],
    ['python3.15', 'newer-runtime'],
    ['python4', 'newer-runtime'],
    ['dotnet12', 'newer-runtime'],
    ['java26', 'newer-runtime'],
    ['go1.22', 'unknown-runtime'],
    ['provided.al2026', 'newer-runtime'],
    ['provided.al2022', 'unknown-runtime'],
  ])('that is not known is judged by its name: %s', (runtime, expected) => {
    expect(codesOn('2026-11-24', runtime)).toEqual([expected]);
  });

  it('has the days that the emulator of AWS goes by', () => {
    const source = readFileSync(join(root, 'dev/emulator/rules/runtime_dates.py'), 'utf8');
    const rows = [...source.matchAll(/^ {4}"([^"]+)": \("([^"]+)", "([^"]+)"\),$/gm)];
    const ofEmulator = rows.map(([, name, noCreate, noUpdate]) => [name, noCreate, noUpdate]);
    const own = [...RUNTIMES].map(([name, { noCreate, noUpdate }]) => [name, noCreate, noUpdate]);
    expect(own).toEqual(ofEmulator);
  });
});
