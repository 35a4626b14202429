import { expect } from '@jest/globals';
import {
  checkPlan,
  readDeployment,
  renderDiagnostics,
  type Diagnostic,
} from '../../src/config/index.js';
import { renderAnnotations } from '../../src/config/render/renderAnnotations.js';
import { planLines } from '../../src/cli/view/planView.js';
import { DEPLOYMENT_ID, NOW } from './support.js';

/**
 * Reads a text, whatever it is: it must become a plan, or diagnostics with positions inside of it,
 * that can be printed.
 */
export function expectSurvival(source: Uint8Array, name: string): void {
  const text = Buffer.from(source).toString();
  const { plan, diagnostics } = readDeployment(source, { deploymentId: DEPLOYMENT_ID, now: NOW });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const isWrong = errors.length > 0;
  const outside = diagnostics.filter((diagnostic) => !isInside(diagnostic, text));
  expect({ name, text, isWrong, outside }).toEqual({
    name,
    text,
    isWrong: plan === undefined,
    outside: [],
  });
  const output = [
    renderDiagnostics(diagnostics, { fileName: 'deploy.yaml', text }).text,
    renderAnnotations(diagnostics, 'deploy.yaml'),
    ...(plan === undefined ? [] : planLines(plan)),
  ];
  const printed = output.join('').replaceAll('\n', '');
  expect({ name, printed }).toEqual({ name, printed: expect.not.stringMatching(/\p{Cc}/u) });
  if (plan !== undefined) expect({ name, ...checkPlan(plan) }).toEqual({ name, plan });
}

function isInside({ line, column, endLine = line, endColumn = column }: Diagnostic, text: string) {
  const lines = text.split('\n');
  const holds = (at: number, col: number) =>
    at >= 1 && at <= lines.length && col >= 1 && col <= (lines[at - 1] ?? '').length + 2;
  const isForward = endLine > line || (endLine === line && endColumn >= column);
  return holds(line, column) && holds(endLine, endColumn) && isForward;
}
