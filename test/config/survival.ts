import { expect } from '@jest/globals';
import {
  checkPlan,
  readDeployment,
  renderDiagnostics,
  type DeploymentTexts,
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
  expectSurvivalOf({ text: source }, name);
}

/** The same for a text and what it includes. */
export function expectSurvivalOf(source: DeploymentTexts, name: string): void {
  const text = Buffer.from(source.text).toString();
  const options = { deploymentId: DEPLOYMENT_ID, now: NOW };
  const { plan, diagnostics, includedTexts } = readDeployment(source, options);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const isWrong = errors.length > 0;
  const outside = diagnostics.filter(
    (diagnostic) => !isInside(diagnostic, textOf(diagnostic, text, includedTexts)),
  );
  expect({ name, text, isWrong, outside }).toEqual({
    name,
    text,
    isWrong: plan === undefined,
    outside: [],
  });
  const output = [
    renderDiagnostics(diagnostics, { fileName: 'deploy.yaml', text, includedTexts }).text,
    renderAnnotations(diagnostics, 'deploy.yaml'),
    ...(plan === undefined ? [] : planLines(plan)),
  ];
  const printed = output.join('').replaceAll('\n', '');
  expect({ name, printed }).toEqual({ name, printed: expect.not.stringMatching(/\p{Cc}/u) });
  if (plan !== undefined) expect({ name, ...checkPlan(plan) }).toEqual({ name, plan });
}

function textOf({ file }: Diagnostic, own: string, included: ReadonlyMap<string, string>): string {
  return file === undefined ? own : (included.get(file) ?? '');
}

function isInside({ line, column, endLine = line, endColumn = column }: Diagnostic, text: string) {
  const lines = text.split('\n');
  const holds = (at: number, col: number) =>
    at >= 1 && at <= lines.length && col >= 1 && col <= (lines[at - 1] ?? '').length + 2;
  const isForward = endLine > line || (endLine === line && endColumn >= column);
  return holds(line, column) && holds(endLine, endColumn) && isForward;
}
