import type { Plan } from '../domain/plan.js';
import { type Diagnostic, inFileOrder } from './diagnostics.js';
import { forTargets, type ForTargets } from './forTargets.js';
import { diagnosticsOf } from './include/located.js';
import { notGiven } from './include/faults.js';
import { readIncluding, type SourceSet } from './include/readIncluding.js';
import type { DeploymentTexts } from './include/texts.js';
import { meaningOf, type ReadOptions } from './meaningOf.js';
import type { Path } from './path.js';
import { keysAt, stretchOf } from './source/tree.js';

export { CATALOG } from './catalog.js';
export { checkPlan } from './checkPlan.js';
export type { Diagnostic, Severity } from './diagnostics.js';
export type { DeploymentTexts, IncludedText } from './include/texts.js';
export type { ForTargets, Given } from './forTargets.js';
export { loadDeploymentFile, UnreadableFile } from './load.js';
export { withIncluded } from './disk/included.js';
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
  /** In the order of the file, those of included files after its own. */
  diagnostics: Diagnostic[];
  /** The texts of the included files, by the names that diagnostics have for them. */
  includedTexts: ReadonlyMap<string, string>;
  /** What it says at its targets, and where; there with a plan. */
  forTargets?: ForTargets;
}

/**
 * Turns a deployment file into a plan, in four stages: what was written, what it is at each target,
 * the rules, what it means. It never throws, whatever the text is.
 */
export function readDeployment(
  source: string | Uint8Array | DeploymentTexts,
  options: ReadOptions,
): ReadDeployment {
  const isText = typeof source === 'string' || source instanceof Uint8Array;
  const sources = readTexts(isText ? { text: source } : source);
  const { plan, findings, meaning } = meaningOfSources(sources, options);
  return {
    plan,
    ...(meaning && { forTargets: forTargets(meaning, sources) }),
    diagnostics: inFileOrder(
      diagnosticsOf(sources, findings),
      sources.files.map(({ file }) => file),
    ),
    includedTexts: new Map(
      sources.files.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text]])),
    ),
  };
}

function readTexts(texts: DeploymentTexts): SourceSet {
  const walk = readIncluding(texts);
  let step = walk.next();
  while (step.done !== true) {
    const { path } = step.value;
    step = walk.next(texts.included?.get(path) ?? notGiven(path));
  }
  return step.value;
}

function meaningOfSources(
  { files, tree }: SourceSet,
  options: ReadOptions,
): ReturnType<typeof meaningOf> {
  if (tree === undefined) return { plan: undefined, findings: [] };
  const content = {
    data: tree.data,
    targetNames: keysAt(tree, 'targets'),
    faults: files.flatMap(({ faults }) => faults),
    isIncluded: (path: Path) => stretchOf(tree, { path, part: 'value' }).file !== undefined,
  };
  return meaningOf(content, options);
}
