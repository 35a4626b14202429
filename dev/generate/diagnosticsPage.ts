import { CATALOG, type ProblemKind } from '../../src/config/index.js';

/** docs/diagnostics.md: every kind of problem that a deployment file may have. */
export function diagnosticsPage(): string {
  return [
    '<!-- Made by `npm run generate`. -->',
    '',
    '# Diagnostics',
    '',
    'Everything that `sluice config validate` can say of a deployment file. An error keeps the file from being deployed; a warning is mostly a slip, and with `--strict` counts as an error. `sluice config explain CODE` prints the same at the prompt.',
    '',
    'Examples are parts of a file, unless they are about its text. What is marked with ✎ an editor shows while the file is written, by the [JSON Schema](../schema/deployment.schema.json); the other problems a schema cannot express.',
    '',
    '| code | | | why |',
    '| --- | --- | --- | --- |',
    ...CATALOG.map(row),
    '',
    ...CATALOG.flatMap(section),
  ].join('\n');
}

function row({ code, severity = 'error', reason, inEditor }: ProblemKind): string {
  const [first = ''] = reason.split(/(?<=\.)\s/);
  return `| [\`${code}\`](#${code}) | ${severity} | ${inEditor ? '✎' : ''} | ${first.replaceAll('|', '\\|')} |`;
}

function section({ code, reason, wrong, right }: ProblemKind): string[] {
  const block = (text: string) => ['```yaml', visible(text), '```', ''];
  return [`## ${code}`, '', reason, '', ...block(wrong), 'Instead:', '', ...block(right)];
}

/** A page in which nobody could see what is wrong would explain nothing. */
function visible(text: string): string {
  return text.replaceAll('\t', '→').replaceAll('\u0007', '␇');
}
