import {
  annotationOf,
  renderAnnotations,
  renderDiagnostics,
  type Diagnostic,
} from '../../config/index.js';
import { defined } from '../../domain/defined.js';
import type { Plan } from '../../domain/plan.js';
import { oneLine } from './text.js';
import { counted } from './words.js';

/** What is to be said of a deployment file. */
export interface CheckedFile {
  /** As it was named. */
  file: string;
  valid: boolean;
  diagnostics: readonly Diagnostic[];
  text: string;
  /** Absent when there is an error. */
  plan?: Plan;
  /** Why the file could not even be read. */
  problem?: string;
}

type Report = (files: readonly CheckedFile[], colour: boolean) => string;

/** The ways in which `sluice config validate` reports, by the names of its formats. */
export const REPORTS = {
  text: textReport,
  json: jsonReport,
  github: githubReport,
} as const satisfies Record<string, Report>;

function textReport(files: readonly CheckedFile[], colour: boolean): string {
  return files
    .map((checked) => {
      const { diagnostics, text } = checked;
      const options = { fileName: checked.file, text, colour, most: Infinity };
      return `${renderDiagnostics(diagnostics, options)}${verdict(checked)}\n`;
    })
    .join('\n');
}

function verdict({ file, valid, plan, problem }: CheckedFile): string {
  const name = oneLine(file);
  if (problem !== undefined) return oneLine(problem);
  if (plan === undefined) return `${name} is not valid.`;
  if (!valid) return `${name} is not valid, because its warnings count (--strict).`;
  const functions = plan.targets.reduce((sum, target) => sum + target.functions.length, 0);
  return `${name} is valid: ${counted(plan.targets.length, 'target')}, ${counted(functions, 'function')}.`;
}

/** One object; its `schemaVersion` changes when a script that reads it would have to. */
function jsonReport(files: readonly CheckedFile[]): string {
  const report = {
    schemaVersion: 1,
    valid: files.every(({ valid }) => valid),
    files: files.map(({ file, valid, problem, diagnostics }) => ({
      file,
      valid,
      ...defined({ problem }),
      diagnostics,
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function githubReport(files: readonly CheckedFile[]): string {
  return files
    .map(({ file, diagnostics, problem }) =>
      problem === undefined ? renderAnnotations(diagnostics, file) : annotationOf(problem),
    )
    .join('');
}
