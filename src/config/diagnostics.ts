export type Severity = 'error' | 'warning';

/** What is wrong, and how to mend it. */
export interface Problem {
  /** Stable, in kebab-case; for scripts. */
  code: string;
  severity: Severity;
  /** What is wrong: a sentence. */
  message: string;
  /** How to mend it: a sentence. */
  remedy: string;
}

/** A problem with its position in the file. Lines and columns begin with 1; columns are UTF-16 units. */
export interface Diagnostic extends Problem {
  line: number;
  column: number;
  endLine?: number;
  /** The column after the last character. */
  endColumn?: number;
  /** Where the value is in the deployment, such as `targets.prod.region`. */
  path?: string;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** Sorted by position, each thing said once: an anchor that is used twice is wrong only once. */
export function inFileOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const unique = new Map(diagnostics.map((diagnostic) => [identityOf(diagnostic), diagnostic]));
  return [...unique.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}

function identityOf({ line, column, code, message }: Diagnostic): string {
  return JSON.stringify([line, column, code, message]);
}
