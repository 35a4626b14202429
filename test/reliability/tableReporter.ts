import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const PAGE = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

type Row = Record<string, string>;

/**
 * Prints the tables when the tests have run, and keeps them in docs/reliability.md, in the places
 * that the page marks: those of which every line has passed.
 */
export default class TableReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    let page = readFileSync(PAGE, 'utf8');
    for (const module of modules) {
      const cases = [...module.children.allTests()].filter((one) => one.meta().row !== undefined);
      if (cases.length === 0) continue;
      const table = markdown(cases.map(rowOf));
      console.log(`\n${table}`);
      if (isComplete(module)) page = replaced(page, nameOf(module), table);
    }
    const options = await resolveConfig(PAGE);
    writeFileSync(PAGE, await format(page, { ...options, filepath: PAGE }));
  }
}

function isComplete(module: TestModule): boolean {
  return [...module.children.allTests()].every((one) => one.result().state === 'passed');
}

/** `killed` of `test/reliability/killed.reliability.ts`. */
function nameOf({ moduleId }: TestModule): string {
  return /(\w+)\.reliability\.ts$/.exec(moduleId)?.[1] ?? '';
}

function rowOf(one: TestCase): Row {
  const holds = one.result().state === 'passed' ? 'yes' : '**no**';
  return { ...one.meta().row, Holds: holds };
}

function markdown(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => Object.values(row))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function replaced(page: string, name: string, table: string): string {
  const [begin, end] = [`<!-- table: ${name} -->`, '<!-- end of table -->'];
  const from = page.indexOf(begin);
  if (from === -1) throw new Error(`docs/reliability.md has no place for the table ${name}`);
  const to = page.indexOf(end, from);
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}
