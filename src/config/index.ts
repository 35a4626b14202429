import type { Plan } from '../domain/plan.js';
import { hasErrors, inFileOrder, type Diagnostic } from './diagnostics.js';
import type { Finding } from './findings.js';
import { planOf } from './plan/planOf.js';
import { planSize } from './rules/limits.js';
import { checkRules } from './rules/list.js';
import { Positions } from './source/positions.js';
import { readSource, type Source } from './source/readSource.js';
import { rangeOf } from './source/tree.js';
import { factsOfFile } from './written/facts.js';
import { places } from './written/places.js';
import { readWritten } from './written/readWritten.js';

export { checkPlan } from './checkPlan.js';
export type { Diagnostic, Severity } from './diagnostics.js';
export { loadDeploymentFile, UnreadableFile } from './load.js';
export { renderDiagnostics } from './render/renderDiagnostics.js';

export interface ReadOptions {
  /** The id that the deployment will have: a UUID. */
  deploymentId: string;
}

/** A plan, perhaps with warnings, or the errors that keep the file from being one. */
export interface ReadDeployment {
  plan: Plan | undefined;
  /** In the order of the file. */
  diagnostics: Diagnostic[];
}

/** Turns the text of a deployment file into a plan. It never throws, whatever the text is. */
export function readDeployment(
  source: string | Uint8Array,
  { deploymentId }: ReadOptions,
): ReadDeployment {
  const file = readSource(source, places);
  const { findings, plan } = readTree(file, deploymentId);
  return { plan, diagnostics: inFileOrder(diagnosticsOf(file, findings)) };
}

function readTree(
  { tree, faults }: Source,
  deploymentId: string,
): { plan?: Plan; findings: Finding[] } {
  if (tree === undefined) return { findings: [] };
  const { written, draft, findings: shape } = readWritten(tree.data);
  const findings = [...shape, ...checkRules(factsOfFile(draft))];
  if (written === undefined || hasErrors([...faults, ...findings])) return { findings };
  const plan = planOf(written, deploymentId);
  const size = planSize(plan);
  return size.length > 0 ? { findings: [...findings, ...size] } : { findings, plan };
}

function diagnosticsOf({ text, tree, faults }: Source, findings: readonly Finding[]): Diagnostic[] {
  const positions = new Positions(text);
  const ofText = faults.map((fault) => positions.diagnostic(fault, fault.range));
  if (tree === undefined) return ofText;
  const ofMeaning = findings.map((finding) =>
    positions.diagnostic(finding, rangeOf(tree, finding.place), finding.place.path),
  );
  return [...ofText, ...ofMeaning];
}
