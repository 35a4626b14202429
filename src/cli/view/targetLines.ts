import stringWidth from 'string-width';
import { trafficBar } from './bar.js';
import { folded } from './folded.js';
import type { Line } from './line.js';
import type { AnswerView, GateView, TargetView } from './model.js';
import { SYMBOLS } from './paint.js';
import { padded } from './width.js';
import { timeBetween } from './words.js';

/** How the lines of targets are laid out. */
export interface Layout {
  /** Columns of the terminal. */
  width: number;
  /** ISO 8601: what the time that is left is counted from. */
  now: string;
  columns: Columns;
}

/** How wide the first columns are, so that they stand below each other. */
interface Columns {
  name: number;
  place: number;
}

export function columnsOf(targets: readonly TargetView[]): Columns {
  const functionNames = targets.flatMap(({ functions }) => functions.map(({ name }) => name));
  return {
    name: Math.max(
      ...targets.map(({ name }) => stringWidth(name)),
      ...functionNames.map((name) => stringWidth(name) + 2),
    ),
    place: Math.max(...targets.map(({ place }) => stringWidth(place))),
  };
}

export function targetLines(target: TargetView, layout: Layout): Line[] {
  const { columns } = layout;
  const { state, duration } = target;
  const first: Line = [
    [state.tone, SYMBOLS[state.tone]],
    [undefined, ` ${padded(target.name, columns.name)}`],
    ['dim', `  ${padded(target.place, columns.place)}  `],
    [state.tone, state.text],
    ['dim', duration === undefined ? '' : `  ${duration}`],
  ];
  const functions = target.functions.map(({ name, text, traffic }): Line => [
    [undefined, `    ${padded(name, columns.name - 2)}  `],
    [state.tone, traffic === undefined ? '' : `${trafficBar(traffic)} `],
    ['dim', text],
  ]);
  const findings = target.findings.map((text): Line => [['dim', `    ${text}`]]);
  const decisions = target.decisions.map((text): Line => [['dim', `    ${text}`]]);
  const remarks = target.remarks.map((remark): Line => [[state.tone, `    ${remark}`]]);
  const gates = target.gates.flatMap((gate) => gateLines(gate, target, layout));
  return [first, ...functions, ...findings, ...decisions, ...remarks, ...gates];
}

function gateLines(gate: GateView, { state }: TargetView, { width, now }: Layout): Line[] {
  const { text, deadline, answers } = gate;
  const left = deadline === undefined ? '' : `  ${timeBetween(now, deadline)} left`;
  const first: Line = [
    [state.tone, `    ${text}`],
    ['dim', left],
  ];
  return [first, ...answers.flatMap((answer) => answerLines(answer, width))];
}

/** In one line if there is room; else the command has lines of its own, and can still be copied. */
function answerLines({ purpose, command }: AnswerView, width: number): Line[] {
  const label = `      ${purpose}: `;
  if (stringWidth(label) + stringWidth(command) <= width)
    return [
      [
        ['dim', label],
        [undefined, command],
      ],
    ];
  const indent = '        ';
  const lines = folded(command, width - indent.length);
  return [
    [['dim', label.trimEnd()]],
    ...lines.map((line): Line => [[undefined, `${indent}${line}`]]),
  ];
}
