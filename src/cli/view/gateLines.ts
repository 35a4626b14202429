import stringWidth from 'string-width';
import type { WaitingGate } from '../../client/report.js';
import { printable } from '../../domain/printable.js';
import { terminal, type TerminalText } from '../../domain/terminalText.js';
import { waitText } from './gateView.js';
import { type Paint, SYMBOLS } from './paint.js';
import { oneLine } from './text.js';
import { padded } from './width.js';
import { GATE_WORDS, momentText, timeBetween, wordsFor } from './words.js';

/**
 * Where deployments wait, as a table: which application, at which gate, for whom, until when and how
 * long that is, and who has started it. Below each gate stands the command that answers it, whole:
 * it is to be copied.
 *
 * @param commandOf - the command of a gate; by default the first that answers it
 * @param now - ISO 8601
 */
export function gateLines(
  gates: readonly WaitingGate[],
  { paint, now, commandOf = firstCommand }: GateLinesOptions,
): TerminalText[] {
  const rows = gates.map((gate) => cellsOf(gate, now));
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((cells) => stringWidth(cells[column] ?? ''))),
  );
  return gates.flatMap((gate, row) => {
    const { tone } = wordsFor(GATE_WORDS, gate.kind);
    const cells = rows[row]!.map((text, column) => padded(text, widths?.[column] ?? 0));
    const command = printable(commandOf(gate));
    return [
      terminal`${paint(tone, SYMBOLS[tone])}  ${cells.join('  ')}`.trimEnd(),
      ...(command === '' ? [] : [terminal`   ${paint('dim', command)}`]),
    ];
  });
}

interface GateLinesOptions {
  paint: Paint;
  now: string;
  commandOf?: (gate: WaitingGate) => string;
}

function cellsOf(gate: WaitingGate, now: string): string[] {
  const { id, deadline, deployment } = gate;
  const left = deadline === undefined ? '–' : `${timeBetween(now, deadline)} left`;
  const cells = [
    deployment.application,
    id,
    waitText(gate),
    deadline === undefined ? '–' : momentText(deadline),
    left,
    deployment.startedBy ?? '–',
  ];
  return cells.map(oneLine);
}

function firstCommand({ answers: [first] }: WaitingGate): string {
  return first?.sluice ?? first?.command ?? '';
}
