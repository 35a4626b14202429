import stringWidth from 'string-width';
import type { DeploymentRecord } from '../../client/report.js';
import type { TerminalText } from '../../domain/terminalText.js';
import { drawn, type Line } from './line.js';
import type { Paint } from './paint.js';
import { SYMBOLS } from './paint.js';
import { type Row, rowsOf } from './recordRows.js';
import { padded } from './width.js';

/** How many of the cells stand in the first line where a row does not fit into one. */
const FIRST_CELLS = 4;

/**
 * Deployments as a table: how each is, when it began and how long it took, who and what, its id, and
 * how its targets ended or where they wait. Where the rows are too long each takes two lines, and
 * what does not fit behind one stands below it. Below a deployment stands the one that waits for its
 * turn, with when it was queued and how long that is ago.
 *
 * @param width - in columns; Infinity for no limit
 * @param now - ISO 8601: until when a running deployment has taken
 */
export function recordLines(
  records: readonly DeploymentRecord[],
  { paint, width, now }: { paint: Paint; width: number; now: string },
): TerminalText[] {
  const rows = records.flatMap((record) => rowsOf(record, now));
  const widths = rows[0]?.cells.map((_, column) => columnWidth(rows, column)) ?? [];
  const padding = rows.map(({ cells }) =>
    cells.map((text, column) => `  ${padded(text, widths[column] ?? 0)}`),
  );
  const isShort = (text: string) => stringWidth(text.trimEnd()) < width;
  const fits = padding.every((cells) => isShort(cells.join('')));
  return padding.flatMap((cells, row) => {
    const { state, ending } = rows[row]!;
    const { tone } = state;
    const [application = '', text = '', ...others] = cells;
    const head: Line = [
      [tone, SYMBOLS[tone]],
      [undefined, application],
      [tone, text],
      [undefined, others.slice(0, FIRST_CELLS - 2).join('')],
    ];
    const rest = others.slice(FIRST_CELLS - 2).join('');
    const behind = ending.length === 0 ? '' : `  ${ending.join('; ')}`;
    const below = ending.map((one): Line => [['dim', `   ${one}`]]);
    const lines: Line[] = fits
      ? isShort(`${cells.join('')}${behind}`)
        ? [[...head, ['dim', `${rest}${behind}`]]]
        : [[...head, ['dim', rest]], ...below]
      : [head, [['dim', ` ${rest}`]], ...below];
    return lines.map((line) => drawn(line, { paint, width }));
  });
}

function columnWidth(rows: readonly Row[], column: number): number {
  return Math.max(...rows.map(({ cells }) => stringWidth(cells[column] ?? '')));
}
