import { expect } from '@jest/globals';
import { keepRow } from './rows.js';

/** Makes the test that runs a line of the table that its file is, column by column. */
export function row(columns: Record<string, string>): void {
  const { currentTestName = '', currentConcurrentTestName } = expect.getState();
  keepRow(currentConcurrentTestName?.() ?? currentTestName, columns);
}
