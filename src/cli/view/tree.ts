import type { DeploymentView, TargetView } from './model.js';
import { type Paint, SYMBOLS } from './paint.js';
import { cut, padded, widthOf } from './width.js';
import { timeBetween } from './words.js';

export interface TreeOptions {
  paint: Paint;
  /** Columns; lines are cut to it. Infinity for no limit. */
  width: number;
  /** Lines; when there are more, targets are left out that have ended or wait. */
  height: number;
  /** ISO 8601: until when a running deployment has taken. */
  now: string;
}

/** One line: its parts, each with a tone, so that it can be cut before it is coloured. */
type Line = readonly (readonly [tone: Parameters<Paint>[0] | undefined, text: string])[];

/** A deployment as a tree: the targets in order, their functions, and how it ended. */
export function renderTree(view: DeploymentView, options: TreeOptions): string[] {
  const head = headLines(view, options.now);
  const foot = footLines(view);
  const room = options.height - head.length - foot.length;
  const lines = [...head, ...fitted(view.targets, room), ...foot];
  return lines.slice(0, options.height).map((line) => drawn(line, options));
}

function headLines(view: DeploymentView, now: string): Line[] {
  const time = timeBetween(view.startedAt, view.endedAt ?? now);
  const title: Line = [
    ['bold', view.application],
    [undefined, '  '],
    [view.state.tone, view.state.text],
    ['dim', `  ${time}`],
    [undefined, view.count === undefined ? '' : `  ${view.count}`],
  ];
  const facts: Line[] = view.facts.length === 0 ? [] : [[['dim', view.facts.join(', ')]]];
  return [title, ...facts, ...(view.targets.length === 0 ? [] : [[]])];
}

function footLines({ notices, ending }: DeploymentView): Line[] {
  const lines: Line[] = [
    ...notices.map(({ text }): Line => [['rolledBack', `! ${text}`]]),
    ...(ending?.failures ?? []).map((failure): Line => [['bad', failure]]),
    ...(ending ? [[['bold', ending.summary]] as Line] : []),
  ];
  return lines.length === 0 ? [] : [[], ...lines];
}

/** All targets if there is room, else those that say most, and how many more there are. */
function fitted(targets: readonly TargetView[], room: number): Line[] {
  const columns = columnsOf(targets);
  const all = targets.flatMap((target) => targetLines(target, columns));
  if (all.length <= room) return all;
  const kept = new Map<TargetView, Line[]>();
  let left = room - 1;
  for (const target of byInterest(targets)) {
    const own = targetLines(target, columns);
    if (own.length > left) break;
    kept.set(target, own);
    left -= own.length;
  }
  const lines = targets.flatMap((target) => kept.get(target) ?? []);
  return [...lines, [['dim', `  and ${targets.length - kept.size} more`]]];
}

/** First those that something happens at, then those that wait, and what is well at the end. */
function byInterest(targets: readonly TargetView[]): TargetView[] {
  const rank = ({ state }: TargetView) => ['waiting', 'good'].indexOf(state.tone);
  return targets.toSorted((one, other) => rank(one) - rank(other));
}

interface Columns {
  name: number;
  place: number;
}

function columnsOf(targets: readonly TargetView[]): Columns {
  const functionNames = targets.flatMap(({ functions }) => functions.map(({ name }) => name));
  return {
    name: Math.max(
      ...targets.map(({ name }) => widthOf(name)),
      ...functionNames.map((name) => widthOf(name) + 2),
    ),
    place: Math.max(...targets.map(({ place }) => widthOf(place))),
  };
}

function targetLines(target: TargetView, columns: Columns): Line[] {
  const { state, duration } = target;
  const first: Line = [
    [state.tone, SYMBOLS[state.tone]],
    [undefined, ` ${padded(target.name, columns.name)}`],
    ['dim', `  ${padded(target.place, columns.place)}  `],
    [state.tone, state.text],
    ['dim', duration === undefined ? '' : `  ${duration}`],
  ];
  const functions = target.functions.map(({ name, text }): Line => [
    [undefined, `    ${padded(name, columns.name - 2)}  `],
    ['dim', text],
  ]);
  const remarks = target.remarks.map((remark): Line => [[state.tone, `    ${remark}`]]);
  return [first, ...functions, ...remarks];
}

function drawn(line: Line, { paint, width }: TreeOptions): string {
  let left = width;
  let text = '';
  for (const [tone, part] of line) {
    if (left <= 0) break;
    const kept = cut(part, left);
    left -= widthOf(kept);
    if (kept !== '') text += tone === undefined ? kept : paint(tone, kept);
  }
  return text.trimEnd();
}
