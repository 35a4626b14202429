/** An error keeps a file from being deployed; a warning is mostly a slip. */
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

/** A problem with its position in the file, or in one that it includes. Lines and columns begin with 1; columns are UTF-16 units. */
export interface Diagnostic extends Problem {
  /** The included file that it is in, as it is seen from where the deployment file was named. */
  file?: string;
  line: number;
  column: number;
  endLine?: number;
  /** The column after the last character. */
  endColumn?: number;
  /** Where the value is in the deployment as a whole, such as `targets.prod.region`. */
  path?: string;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** Nobody reads more. A file may have as many mistakes as it has characters. */
export const MAX_DIAGNOSTICS = 10_000;

/**
 * Sorted by position, each thing said once: an anchor that is used twice is wrong only once. Of very
 * many the last says how many more there are.
 *
 * @param files - the files in their order, by the names that diagnostics have for them
 */
export function inFileOrder(
  diagnostics: readonly Diagnostic[],
  files: readonly Diagnostic['file'][],
): Diagnostic[] {
  const unique = new Map(diagnostics.map((diagnostic) => [identityOf(diagnostic), diagnostic]));
  const rank = new Map(files.map((file, index) => [file, index]));
  const rankOf = ({ file }: Diagnostic) => rank.get(file) ?? 0;
  const sorted = [...unique.values()].sort(
    (a, b) => rankOf(a) - rankOf(b) || a.line - b.line || a.column - b.column,
  );
  const [next, ...others] = sorted.slice(MAX_DIAGNOSTICS);
  if (next === undefined) return sorted;
  return [...sorted.slice(0, MAX_DIAGNOSTICS), more(next, others)];
}

function more({ file, line, column }: Diagnostic, others: readonly Diagnostic[]): Diagnostic {
  const count = others.length + 1;
  // Of even more not all were put into words.
  const least = count < MAX_DIAGNOSTICS ? '' : 'at least ';
  return {
    code: 'more-problems',
    severity: 'error',
    message: `From here on there are ${least}${count} more problems.`,
    remedy: 'Mend those above first.',
    ...(file !== undefined && { file }),
    line,
    column,
  };
}

function identityOf({ file, line, column, code, message }: Diagnostic): string {
  return JSON.stringify([file, line, column, code, message]);
}
