import type { Preflight } from '../../client/preflightReport.js';
import { versionText } from '../../domain/functions.js';
import {
  FUNCTION_CHANGES,
  PREFLIGHT_CHECKS,
  type FunctionChange,
  type FunctionPreflight,
  type PreflightCheck,
  type PreflightProblem,
  type PreflightWarning,
  type TargetPreflight,
} from '../../domain/preflight.js';
import { terminal, type TerminalText } from '../../domain/terminalText.js';
import type { Tone } from './model.js';
import type { Paint } from './paint.js';
import { changeLines } from './preflightChanges.js';
import { oneLine } from './text.js';
import { counted } from './words.js';

const MARKS: Readonly<Record<FunctionChange, { mark: string; tone: Tone; text: string }>> = {
  create: { mark: '+', tone: 'good', text: 'would be created' },
  change: { mark: '~', tone: 'held', text: 'would change' },
  unchanged: { mark: '=', tone: 'quiet', text: 'stays as it is' },
  unknown: { mark: '?', tone: 'bad', text: 'could not be looked at' },
};

/** What a deployment would change, for a person. */
export function preflightLines(preflight: Preflight, paint: Paint): TerminalText[] {
  const { application, deploymentId, targets } = preflight;
  return [
    terminal`${paint('bold', oneLine(application))}  what would change`,
    terminal`deployment ${oneLine(deploymentId)}`,
    ...findingLines(preflight, paint),
    ...targets.flatMap((target) => [terminal``, ...targetLines(target, paint)]),
    ...uncheckedLines(targets, paint),
    terminal``,
    terminal`${summary(preflight)}`,
  ];
}

function targetLines(target: TargetPreflight, paint: Paint): TerminalText[] {
  const { target: name, accountId, region, leavesOutPauses, functions } = target;
  const place = paint('dim', `${accountId} ${oneLine(region)}`);
  return [
    terminal`${paint('bold', oneLine(name))}  ${place}`,
    ...indented([
      ...findingLines(target, paint),
      ...functions.flatMap((one) => functionLines(one, paint)),
      ...(leavesOutPauses === true ? [paint('dim', PAUSES_LEFT_OUT)] : []),
    ]),
  ];
}

const PAUSES_LEFT_OUT =
  'nothing serves traffic yet: pauses after weights are left out; approvals, webhooks and analyses stay';

function functionLines(one: FunctionPreflight, paint: Paint): TerminalText[] {
  const { mark, tone, text } = MARKS[one.change];
  const serves =
    one.servedVersion === undefined ? '' : ` (serves ${versionText(one.servedVersion)})`;
  return [
    terminal`${paint(tone, mark)} ${oneLine(one.name)}  ${paint(tone, text)}${serves}`,
    ...indented([
      ...changeLines(one).map((line) => terminal`${line}`),
      ...findingLines(one, paint),
    ]),
  ];
}

interface ShownFindings {
  problems: readonly PreflightProblem[];
  warnings: readonly PreflightWarning[];
}

/** What could not be checked is told once for all functions. */
function findingLines({ problems, warnings }: ShownFindings, paint: Paint): TerminalText[] {
  return [
    ...problemLines(problems, paint),
    ...warnings
      .filter(({ check }) => check === undefined)
      .map((warning) => terminal`${paint('held', '!')} ${sentence(warning)}`),
  ];
}

function problemLines(problems: readonly PreflightProblem[], paint: Paint): TerminalText[] {
  return problems.map(
    (problem) => terminal`${paint('bad', '✖')} ${sentence(problem)} [${problem.code}]`,
  );
}

function sentence({ message, remedy }: { message: string; remedy?: string }): string {
  return oneLine(remedy === undefined ? message : `${message} ${remedy}`);
}

function uncheckedLines(targets: readonly TargetPreflight[], paint: Paint): TerminalText[] {
  const counts = new Map<PreflightCheck, number>();
  for (const { warnings } of targets.flatMap((target) => [target, ...target.functions])) {
    for (const { check } of warnings) {
      if (check !== undefined) counts.set(check, (counts.get(check) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return [];
  const lines = [...counts].map(
    ([check, count]) =>
      terminal`${paint('held', '!')} ${PREFLIGHT_CHECKS[check]}: not checked in ${counted(count, 'place')}`,
  );
  return [terminal``, terminal`Could not be checked (-o json says why):`, ...indented(lines)];
}

function summary({ counts }: Preflight): string {
  const functions = FUNCTION_CHANGES.filter((change) => counts[change] > 0).map(
    (change) => `${counts[change]} ${SUMMARY_WORDS[change]}`,
  );
  const found = [counted(counts.problems, 'problem'), counted(counts.warnings, 'warning')];
  return `${functions.length === 0 ? 'Nothing was looked at' : `Functions: ${functions.join(', ')}`}. ${found.join(', ')}. Nothing was written.`;
}

const SUMMARY_WORDS: Readonly<Record<FunctionChange, string>> = {
  create: 'to create',
  change: 'to change',
  unchanged: 'unchanged',
  unknown: 'unknown',
};

function indented(lines: readonly TerminalText[]): TerminalText[] {
  return lines.map((line) => terminal`  ${line}`);
}
