import { describe, expect, it } from '@jest/globals';
import type { DeploymentReport } from '../../src/client.js';
import {
  EXIT_CODES,
  exitCodesHelp,
  exitReasonOf,
  exitReasonOfError,
} from '../../src/cli/exitCodes.js';
import { ERROR_CODES, type ErrorCode } from '../../src/errors.js';
import { busy, failedReport, report } from './reports.js';

function codeOf(of: DeploymentReport): number | undefined {
  const reason = exitReasonOf(of);
  return reason && EXIT_CODES[reason].code;
}

describe('the exit code of a watch', () => {
  const failed = failedReport();
  const counts = { ...failed.outcome?.counts, rollbackFailed: 1 };

  it.each<[string, DeploymentReport, number | undefined]>([
    ['runs', report(), undefined],
    ['has succeeded', report({ state: 'succeeded' }), 0],
    ['has failed and was rolled back', failed, 4],
    ['was rolled back because somebody asked', report({ state: 'rolledBack' }), 4],
    ['could not be rolled back', { ...failed, outcome: { ...failed.outcome!, counts } }, 5],
    ['hangs in its rollback', report({ targets: [busy('a', { phase: 'rollbackStuck' })] }), 5],
    ['was cancelled', report({ state: 'cancelled' }), 6],
    ['was terminated', report({ state: 'terminated' }), 5],
    ['timed out', report({ state: 'timedOut' }), 5],
  ])('of a deployment that %s', (_, of, expected) => {
    expect(codeOf(of)).toBe(expected);
  });
});

describe('the exit code of an error', () => {
  it.each<[ErrorCode, number]>([
    ['unreachable', 7],
    ['namespaceNotFound', 7],
    ['conflict', 3],
    ['invalidFile', 2],
    ['invalidSettings', 2],
    ['notFound', 2],
    ['workerFailed', 1],
  ])('%s: %d', (code, expected) => {
    expect(EXIT_CODES[exitReasonOfError(code)].code).toBe(expected);
  });

  it('exists for every code', () => {
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
      expect(EXIT_CODES[exitReasonOfError(code)]).toBeDefined();
    }
  });
});

describe('the help on exit codes', () => {
  it('names each once', () => {
    const codes = exitCodesHelp()
      .split('\n')
      .slice(1)
      .map((line) => Number.parseInt(line));
    expect(codes).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 130]);
  });
});
