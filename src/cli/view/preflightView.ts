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
export function preflightLines(preflight: Preflight, paint: Paint): string[] {
  const { application, deploymentId, targets } = preflight;
  return [
    `${paint('bold', oneLine(application))}  what would change`,
    `deployment ${deploymentId}`,
    ...findingLines(preflight, paint),
    ...targets.flatMap((target) => ['', ...targetLines(target, paint)]),
    ...uncheckedLines(targets, paint),
    '',
    summary(preflight),
  ];
}

function targetLines(target: TargetPreflight, paint: Paint): string[] {
  const { target: name, accountId, region, leavesOutPauses, functions } = target;
  const place = paint('dim', `${accountId} ${oneLine(region)}`);
  return [
    `${paint('bold', oneLine(name))}  ${place}`,
    ...indented([
      ...findingLines(target, paint),
      ...functions.flatMap((one) => functionLines(one, paint)),
      ...(leavesOutPauses === true ? [paint('dim', PAUSES_LEFT_OUT)] : []),
    ]),
  ];
}

const PAUSES_LEFT_OUT =
  'nothing serves traffic yet: pauses after weights are left out; approvals, webhooks and analyses stay';

function functionLines(one: FunctionPreflight, paint: Paint): string[] {
  const { mark, tone, text } = MARKS[one.change];
  const serves =
    one.servedVersion === undefined ? '' : ` (serves ${versionText(one.servedVersion)})`;
  return [
    `${paint(tone, mark)} ${oneLine(one.name)}  ${paint(tone, text)}${serves}`,
    ...indented([...changeLines(one), ...findingLines(one, paint)]),
  ];
}

interface ShownFindings {
  problems: readonly PreflightProblem[];
  warnings: readonly PreflightWarning[];
}

/** What could not be checked is told once for all functions. */
function findingLines({ problems, warnings }: ShownFindings, paint: Paint): string[] {
  return [
    ...problemLines(problems, paint),
    ...warnings
      .filter(({ check }) => check === undefined)
      .map((warning) => `${paint('held', '!')} ${sentence(warning)}`),
  ];
}

function problemLines(problems: readonly PreflightProblem[], paint: Paint): string[] {
  return problems.map((problem) => `${paint('bad', '✖')} ${sentence(problem)} [${problem.code}]`);
}

function sentence({ message, remedy }: { message: string; remedy?: string }): string {
  return oneLine(remedy === undefined ? message : `${message} ${remedy}`);
}

function uncheckedLines(targets: readonly TargetPreflight[], paint: Paint): string[] {
  const counts = new Map<PreflightCheck, number>();
  for (const { warnings } of targets.flatMap((target) => [target, ...target.functions])) {
    for (const { check } of warnings) {
      if (check !== undefined) counts.set(check, (counts.get(check) ?? 0) + 1);
    }
  }
  if (counts.size === 0) return [];
  const lines = [...counts].map(
    ([check, count]) =>
      `${paint('held', '!')} ${PREFLIGHT_CHECKS[check]}: not checked in ${counted(count, 'place')}`,
  );
  return ['', 'Could not be checked (-o json says why):', ...indented(lines)];
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

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
