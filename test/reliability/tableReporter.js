import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../../dev/setup/paths.js';
import { forgetRows, keptRows } from './rows.js';

const PAGE = join(root, 'docs/reliability.md');

/**
 * @import { AggregatedResult, Reporter } from "@jest/reporters"
 * @typedef {Record<string, string>} Row
 */

/**
 * Prints the tables when the tests have run, and keeps them in docs/reliability.md, in the places
 * that the page marks: those of which every line has passed.
 *
 * @implements {Pick<Reporter, 'onRunStart' | 'onRunComplete'>}
 */
export default class TableReporter {
  onRunStart() {
    forgetRows();
  }

  /**
   * @param {unknown} _contexts
   * @param {AggregatedResult} results
   */
  async onRunComplete(_contexts, { testResults }) {
    const rows = keptRows();
    let page = readFileSync(PAGE, 'utf8');
    for (const { testFilePath, testResults: tests } of testResults) {
      const lines = tests.flatMap((test) => lineOf(test, rows.get(test.fullName)));
      if (lines.length === 0) continue;
      const table = markdown(lines);
      console.log(`\n${table}`);
      const isComplete = tests.every(({ status }) => status === 'passed');
      if (isComplete) page = replaced(page, nameOf(testFilePath), table);
    }
    const options = await resolveConfig(PAGE);
    writeFileSync(PAGE, await format(page, { ...options, filepath: PAGE }));
  }
}

/**
 * @param {AggregatedResult["testResults"][number]["testResults"][number]} test
 * @param {Row | undefined} row
 * @returns {Row[]}
 */
function lineOf({ status }, row) {
  return row === undefined ? [] : [{ ...row, Holds: status === 'passed' ? 'yes' : '**no**' }];
}

/**
 * `killed` of `test/reliability/killed.reliability.ts`.
 *
 * @param {string} path
 */
function nameOf(path) {
  return /(\w+)\.reliability\.ts$/.exec(path)?.[1] ?? '';
}

/** @param {readonly Row[]} rows */
function markdown(rows) {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, columns.map(() => '---'), ...rows.map((row) => Object.values(row))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * @param {string} page
 * @param {string} name
 * @param {string} table
 */
function replaced(page, name, table) {
  const [begin, end] = [`<!-- table: ${name} -->`, '<!-- end of table -->'];
  const from = page.indexOf(begin);
  if (from === -1) throw new Error(`docs/reliability.md has no place for the table ${name}`);
  const to = page.indexOf(end, from);
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}
