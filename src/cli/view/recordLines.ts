import stringWidth from 'string-width';
import type { DeploymentRecord } from '../../client/report.js';
import { decisionText } from '../../domain/gates.js';
import type { TerminalText } from '../../domain/terminalText.js';
import { goingBackText } from '../../domain/goingBack.js';
import { endCounts } from './counts.js';
import { drawn, type Line } from './line.js';
import type { Described } from './model.js';
import type { Paint } from './paint.js';
import { SYMBOLS } from './paint.js';
import { oneLine } from './text.js';
import { padded } from './width.js';
import { momentText, PHASE_WORDS, STATE_WORDS, timeBetween } from './words.js';

/** How much of a commit is shown: as much as git shows. */
const COMMIT_LENGTH = 12;

/** How many of the cells stand in the first line where a row does not fit into one. */
const FIRST_CELLS = 4;

/** A row of the table. */
interface Row {
  state: Described;
  cells: string[];
}

/**
 * Deployments as a table: how each is, when it began and how long it took, who and what, its id, and
 * how its targets ended. Where the rows are too long each takes two lines. Below a deployment stands
 * the one that waits for its turn, with when it was queued and how long that is ago.
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
  const fits = padding.every((cells) => stringWidth(cells.join('').trimEnd()) < width);
  return padding.flatMap((cells, row) => {
    const { tone } = rows[row]!.state;
    const [application = '', state = '', ...others] = cells;
    const rest = others
      .slice(FIRST_CELLS - 2)
      .join('')
      .trimEnd();
    const first = others.slice(0, FIRST_CELLS - 2).join('');
    const head: Line = [
      [tone, SYMBOLS[tone]],
      [undefined, application],
      [tone, state],
      [undefined, first],
    ];
    const lines: Line[] = fits ? [[...head, ['dim', rest]]] : [head, [['dim', ` ${rest}`]]];
    return lines.map((line) => drawn(line, { paint, width }));
  });
}

function columnWidth(rows: readonly Row[], column: number): number {
  return Math.max(...rows.map(({ cells }) => stringWidth(cells[column] ?? '')));
}

function rowsOf(record: DeploymentRecord, now: string): Row[] {
  const { application, startedAt, endedAt, waiting } = record;
  const state = stateOf(record);
  const counts = endCounts({ ...record, targets: [] });
  const back = record.goesBack && goingBackText(record.goesBack);
  const asked = record.outcome?.decisions?.map(decisionText).join('; ');
  const ending = [counts, back, asked].filter(Boolean).join('; ');
  const own = rowOf(application, state, [startedAt, endedAt ?? now], { ...record, ending });
  if (waiting === undefined) return [own];
  return [own, rowOf(application, WAITS, [waiting.queuedAt, now], waiting)];
}

const WAITS: Described = { tone: 'waiting', text: 'waits for its turn' };

function rowOf(
  application: string,
  state: Described,
  [since, until]: [since: string, until: string],
  about: Pick<DeploymentRecord, 'startedBy' | 'commit' | 'deploymentId'> & { ending?: string },
): Row {
  const { startedBy, commit, deploymentId, ending = '' } = about;
  const cells = [
    application,
    state.text,
    momentText(since),
    timeBetween(since, until),
    startedBy ?? '–',
    commit?.slice(0, COMMIT_LENGTH) ?? '–',
    deploymentId ?? '–',
    ending,
  ];
  return { state, cells: cells.map(oneLine) };
}

function stateOf({ state, phase }: DeploymentRecord): Described {
  if (state !== 'running') return STATE_WORDS[state];
  const goesBack = phase === 'rollingBack' || phase === 'cancelling';
  return goesBack ? PHASE_WORDS[phase] : { tone: 'active', text: 'running' };
}
