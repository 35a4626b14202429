import type { Plan } from '../domain/plan.js';
import { inFileOrder, type Diagnostic } from './diagnostics.js';
import type { Finding } from './findings.js';
import { meaningOf, type ReadOptions } from './meaningOf.js';
import { Positions } from './source/positions.js';
import { readSource, type SourceFile } from './source/readSource.js';
import { Tokens } from './source/tokens.js';
import { keysAt, rangeOf } from './source/tree.js';
import { places } from './written/places.js';

export { CATALOG } from './catalog.js';
export { checkPlan } from './checkPlan.js';
export type { Diagnostic, Severity } from './diagnostics.js';
export { loadDeploymentFile, UnreadableFile } from './load.js';
export type { ReadOptions } from './meaningOf.js';
export type { ProblemKind } from './problemKind.js';
export { type ParsedProblem, readParsed, type ReadParsed } from './readParsed.js';
export { nearest } from './shape/nearest.js';
export { annotationOf, commandData, renderAnnotations } from './render/renderAnnotations.js';
export { renderDiagnostics } from './render/renderDiagnostics.js';
export type { Adjustments } from './written/adjustments.js';

/** A plan, perhaps with warnings, or the errors that keep the file from being one. */
export interface ReadDeployment {
  plan: Plan | undefined;
  /** In the order of the file. */
  diagnostics: Diagnostic[];
}

/**
 * Turns the text of a deployment file into a plan, in three stages: what was written, the rules,
 * what it means. It never throws, whatever the text is.
 */
export function readDeployment(source: string | Uint8Array, options: ReadOptions): ReadDeployment {
  const file = readSource(source, places);
  const { tree, faults } = file;
  if (tree === undefined) return { plan: undefined, diagnostics: ofFile(file, []) };
  const content = { data: tree.data, targetNames: keysAt(tree, 'targets'), faults };
  const { plan, findings } = meaningOf(content, options);
  return { plan, diagnostics: ofFile(file, findings) };
}

function ofFile(file: SourceFile, findings: readonly Finding[]): Diagnostic[] {
  return inFileOrder(diagnosticsOf(file, findings));
}

function diagnosticsOf(
  { text, tree, faults }: SourceFile,
  findings: readonly Finding[],
): Diagnostic[] {
  const positions = new Positions(text);
  const ofText = faults.map((fault) => positions.diagnostic(fault, fault.range));
  if (tree === undefined) return ofText;
  const tokens = new Tokens(text);
  const ofMeaning = findings.map((finding) => {
    const range = tokens.narrowed(rangeOf(tree, finding.place), finding.place);
    return positions.diagnostic(finding, range, finding.place.path);
  });
  return [...ofText, ...ofMeaning];
}
