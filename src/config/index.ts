import type { Plan } from '../domain/plan.js';
import { hasErrors, inFileOrder, type Diagnostic } from './diagnostics.js';
import type { Finding } from './findings.js';
import { planOf } from './plan/planOf.js';
import { planSize } from './rules/limits.js';
import { checkRules } from './rules/list.js';
import { onlyAsked } from './rules/onlyAsked.js';
import { Positions } from './source/positions.js';
import { readSource, type Source } from './source/readSource.js';
import { Tokens } from './source/tokens.js';
import { keysAt, rangeOf } from './source/tree.js';
import type { Asked } from './written/asked.js';
import { factsOfFile } from './written/facts.js';
import { places } from './written/places.js';
import { readWritten } from './written/readWritten.js';

export { CATALOG } from './catalog.js';
export { checkPlan } from './checkPlan.js';
export type { Diagnostic, Severity } from './diagnostics.js';
export { loadDeploymentFile, UnreadableFile } from './load.js';
export type { ProblemKind } from './problemKind.js';
export { nearest } from './shape/nearest.js';
export { annotationOf, commandData, renderAnnotations } from './render/renderAnnotations.js';
export { renderDiagnostics } from './render/renderDiagnostics.js';
export type { Asked } from './written/asked.js';

export interface ReadOptions extends Asked {
  /** The id that the deployment will have: a UUID. */
  deploymentId: string;
  /**
   * For what depends on AWS's dates.
   *
   * @default the present time
   */
  now?: Date;
}

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
  const { findings, plan } = readTree(file, options);
  return { plan, diagnostics: inFileOrder(diagnosticsOf(file, findings)) };
}

function readTree(
  { tree, faults }: Source,
  { deploymentId, now = new Date(), ...asked }: ReadOptions,
): { plan?: Plan; findings: Finding[] } {
  if (tree === undefined) return { findings: [] };
  const { written, draft, findings: shape } = readWritten(tree.data);
  if (draft === undefined) return { findings: shape };
  const facts = onlyAsked(factsOfFile({ draft, written }, asked));
  const findings = [...shape, ...checkRules(facts, now)];
  if (written === undefined || hasErrors([...faults, ...findings])) return { findings };
  const plan = planOf(written, { deploymentId, asked, targetNames: keysAt(tree, 'targets') });
  const size = planSize(plan);
  return size.length > 0 ? { findings: [...findings, ...size] } : { findings, plan };
}

function diagnosticsOf({ text, tree, faults }: Source, findings: readonly Finding[]): Diagnostic[] {
  const positions = new Positions(text);
  const ofText = faults.map((fault) => positions.diagnostic(fault, fault.range));
  if (tree === undefined) return ofText;
  const tokens = new Tokens(text);
  const ofMeaning = findings.map((finding) => {
    const range = tokens.narrowed(rangeOf(tree, finding.place), finding.place.token);
    return positions.diagnostic(finding, range, finding.place.path);
  });
  return [...ofText, ...ofMeaning];
}
