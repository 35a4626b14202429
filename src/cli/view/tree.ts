import { deploymentWords } from '../../domain/commands.js';
import type { TerminalText } from '../../domain/terminalText.js';
import { drawn, type Line } from './line.js';
import type { DeploymentView, TargetView } from './model.js';
import type { Paint } from './paint.js';
import { columnsOf, targetLines } from './targetLines.js';
import { timeBetween } from './words.js';

export interface TreeOptions {
  paint: Paint;
  /** Columns; lines are cut to it. Infinity for no limit. */
  width: number;
  /**
   * Lines; when there are more, commands are left out first, and then targets that have ended or
   * wait.
   */
  height: number;
  /** ISO 8601: until when a running deployment has taken, and what time is left from. */
  now: string;
}

/** A deployment as a tree: the targets in order, their functions, and how it ended. */
export function renderTree(view: DeploymentView, options: TreeOptions): TerminalText[] {
  const head = headLines(view, options.now);
  const foot = footLines(view);
  const room = options.height - head.length - foot.length;
  const lines = [...head, ...fitted(view, room, options), ...foot];
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
function fitted(view: DeploymentView, room: number, options: TreeOptions): Line[] {
  const { targets } = view;
  const layout = { ...options, columns: columnsOf(targets) };
  const all = targets.flatMap((target) => targetLines(target, layout));
  if (all.length <= room) return all;
  const hint = howToAnswer(view);
  const kept = new Map<TargetView, Line[]>();
  let left = room - hint.length - 1;
  for (const target of byInterest(targets)) {
    const own = targetLines(withoutCommands(target), layout);
    if (own.length > left) break;
    kept.set(target, own);
    left -= own.length;
  }
  const lines = targets.flatMap((target) => kept.get(target) ?? []);
  const more = targets.length - kept.size;
  return [...lines, ...hint, ...(more === 0 ? [] : [[['dim', `  and ${more} more`]] as Line])];
}

function withoutCommands(target: TargetView): TargetView {
  return { ...target, gates: target.gates.map((gate) => ({ ...gate, answers: [] })) };
}

/** Where the commands are that there is no room for. */
function howToAnswer({ application, targets }: DeploymentView): Line[] {
  if (targets.every(({ gates }) => gates.length === 0)) return [];
  return [[['dim', `  How to answer: sluice deploy status ${deploymentWords({ application })}`]]];
}

/** First those that something happens at, then those that wait, and what is well at the end. */
function byInterest(targets: readonly TargetView[]): TargetView[] {
  const rank = ({ state }: TargetView) => ['waiting', 'good'].indexOf(state.tone);
  return targets.toSorted((one, other) => rank(one) - rank(other));
}
