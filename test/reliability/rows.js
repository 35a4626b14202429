import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../dev/setup/paths.js';

/** How tests tell the reporter, which runs elsewhere, which lines of a table they are. */
const FILE = join(root, '.local/reliability-rows.jsonl');

/** @typedef {Record<string, string>} Columns */

export function forgetRows() {
  rmSync(FILE, { force: true });
}

/**
 * @param {string} test its full name
 * @param {Columns} columns
 */
export function keepRow(test, columns) {
  appendFileSync(FILE, `${JSON.stringify([test, columns])}\n`);
}

/** @returns {Map<string, Columns>} by the full names of the tests */
export function keptRows() {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').trimEnd().split('\n') : [];
  /** @type {Map<string, Columns>} */
  const rows = new Map();
  for (const line of lines) {
    /** @type {[test: string, columns: Columns]} */
    const [test, columns] = JSON.parse(line);
    rows.set(test, columns);
  }
  return rows;
}
