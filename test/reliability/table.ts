import type { TestContext } from 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** The test as a line of a table of docs/reliability.md, column by column. */
    row?: Record<string, string>;
  }
}

/** Makes a test a line of the table that its file is. */
export function row({ task }: TestContext, columns: Record<string, string>): void {
  task.meta.row = columns;
}
