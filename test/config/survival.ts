import { expect } from 'vitest';
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
  expect(errors.length > 0, `${name}: ${text}`).toBe(plan === undefined);
  const outside = diagnostics.filter((diagnostic) => !isInside(diagnostic, text));
  expect(outside, `${name}: ${text}`).toEqual([]);
  const output = [
    renderDiagnostics(diagnostics, { fileName: 'deploy.yaml', text }),
    renderAnnotations(diagnostics, 'deploy.yaml'),
    ...(plan === undefined ? [] : planLines(plan)),
  ];
  expect(output.join('').replaceAll('\n', ''), name).not.toMatch(/\p{Cc}/u);
  if (plan !== undefined) expect(checkPlan(plan), name).toEqual({ plan });
}

function isInside({ line, column, endLine = line, endColumn = column }: Diagnostic, text: string) {
  const lines = text.split('\n');
  const holds = (at: number, col: number) =>
    at >= 1 && at <= lines.length && col >= 1 && col <= (lines[at - 1] ?? '').length + 2;
  const isForward = endLine > line || (endLine === line && endColumn >= column);
  return holds(line, column) && holds(endLine, endColumn) && isForward;
}
