import {
  annotationOf,
  renderAnnotations,
  renderDiagnostics,
  type Diagnostic,
} from '../../config/index.js';
import { defined } from '../../domain/defined.js';
import type { Plan } from '../../domain/plan.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import { oneLine } from './text.js';
import { counted } from './words.js';

/** What is to be said of a deployment file. */
export interface CheckedFile {
  /** As it was named. */
  file: string;
  valid: boolean;
  diagnostics: readonly Diagnostic[];
  text: string;
  /** The texts of what it includes, by the names that diagnostics have for it. */
  includedTexts?: ReadonlyMap<string, string>;
  /** Absent when there is an error. */
  plan?: Plan;
  /** Why the file could not even be read. */
  problem?: string;
}

type Report = (files: readonly CheckedFile[], colour: boolean) => TerminalText;

/** The ways in which `sluice config validate` reports, by the names of its formats. */
export const REPORTS = {
  text: textReport,
  json: jsonReport,
  github: githubReport,
} as const satisfies Record<string, Report>;

function textReport(files: readonly CheckedFile[], colour: boolean): TerminalText {
  const reports = files.map((checked) => {
    const { file: fileName, diagnostics, text, includedTexts } = checked;
    const options = { fileName, text, ...defined({ includedTexts }), colour, most: Infinity };
    return terminal`${renderDiagnostics(diagnostics, options)}${verdict(checked)}\n`;
  });
  return TerminalText.lines(reports);
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
function jsonReport(files: readonly CheckedFile[]): TerminalText {
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
  return terminal`${TerminalText.json(report, 2)}\n`;
}

/** What is wrong with a file that several include is said once. */
function githubReport(files: readonly CheckedFile[]): TerminalText {
  const commands = files.map(({ file, diagnostics, problem }) =>
    problem === undefined ? renderAnnotations(diagnostics, file) : annotationOf(problem),
  );
  return TerminalText.of([...new Set(commands.join('').split(/(?<=\n)/))].join(''));
}
