import type { DeploymentRecord } from '../../client/report.js';
import { endCounts } from './counts.js';
import { drawn, type Line } from './line.js';
import type { Described } from './model.js';
import type { Paint } from './paint.js';
import { SYMBOLS } from './paint.js';
import { oneLine } from './text.js';
import { padded, widthOf } from './width.js';
import { momentText, STATE_WORDS, timeBetween } from './words.js';

/** How much of a commit is shown: as much as git shows. */
const COMMIT_LENGTH = 12;

/**
 * Deployments as a table: how each is, when it began and how long it took, who and what, and its id.
 *
 * @param now - ISO 8601: until when a running deployment has taken
 */
export function recordLines(
  records: readonly DeploymentRecord[],
  { paint, now }: { paint: Paint; now: string },
): string[] {
  const rows = records.map((record) => cellsOf(record, now));
  const widths = rows[0]?.map((_, column) => columnWidth(rows, column)) ?? [];
  return rows.map((cells, row) => {
    const { tone } = stateOf(records[row]!);
    const line: Line = [
      [tone, SYMBOLS[tone]],
      ...cells.map((text, column): Line[number] => {
        return [column === 1 ? tone : undefined, `  ${padded(text, widths[column] ?? 0)}`];
      }),
    ];
    return drawn(line, { paint, width: Infinity });
  });
}

function columnWidth(rows: readonly string[][], column: number): number {
  return Math.max(...rows.map((cells) => widthOf(cells[column] ?? '')));
}

function cellsOf(record: DeploymentRecord, now: string): string[] {
  const { application, startedAt, endedAt, startedBy, commit, deploymentId } = record;
  return [
    application,
    stateOf(record).text,
    momentText(startedAt),
    timeBetween(startedAt, endedAt ?? now),
    startedBy ?? '–',
    commit?.slice(0, COMMIT_LENGTH) ?? '–',
    deploymentId ?? '–',
    endCounts({ ...record, targets: [] }),
  ].map(oneLine);
}

function stateOf({ state }: DeploymentRecord): Described {
  return state === 'running' ? { tone: 'active', text: 'running' } : STATE_WORDS[state];
}
