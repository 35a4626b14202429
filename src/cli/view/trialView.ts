import { printable } from '../../domain/printable.js';
import type { Measurement, Verdict } from '../../domain/analysis.js';
import { durationText } from '../../domain/durations.js';
import { TerminalText } from '../../domain/terminalText.js';
import type { OnNoData, Query } from '../../domain/plan.js';
import type { Trial, TrialResult } from '../tryQuery.js';
import { oneLine } from './text.js';

/** A query that was asked once, and what a deployment would make of it. */
export interface Tried extends TrialResult {
  trial: Trial;
  query: Query;
  verdict: Verdict;
}

/** The lines for a person. */
export function trialLines({ trial, query, asked, measurement, verdict }: Tried): string[] {
  const { query: named, target, from, to } = trial;
  const of = named.function === undefined ? '' : ` of ${named.function}`;
  const spanMs = Date.parse(to) - Date.parse(from);
  return [
    ...row('query', `${named.query}${of} at ${target}`),
    ...row('provider', named.provider),
    ...row('look-back', `${from} to ${to} (${durationText(spanMs)})`),
    ...(asked === undefined ? [] : row('asked', asked)),
    ...row('answer', answerText(measurement)),
    ...row('limits', limitsText(query)),
    ...row('verdict', verdictText(measurement, query.onNoData, verdict)),
  ];
}

/** The object for scripts. */
export function trialJson({ trial, query, asked, measurement, verdict }: Tried): TerminalText {
  const { query: named, target, from, to } = trial;
  const { lowerLimit, upperLimit, onNoData } = query;
  const answer = {
    schemaVersion: 1,
    type: 'triedQuery',
    query: named.query,
    target,
    function: named.function,
    provider: named.provider,
    from,
    to,
    asked,
    ...measurement,
    ...{ lowerLimit, upperLimit, onNoData, verdict },
  };
  return TerminalText.json(answer, 2);
}

const WIDTH = 'look-back'.length + 2;

/** A label, and beside it a text that may have several lines. */
function row(label: string, text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line, index) => `${(index === 0 ? label : '').padEnd(WIDTH)}${printable(line)}`);
}

function answerText(measurement: Measurement): string {
  if ('value' in measurement) return String(measurement.value);
  return `none (${measurement.problem}): ${oneLine(measurement.message)}`;
}

function limitsText({ lowerLimit, upperLimit }: Query): string {
  if (lowerLimit === undefined) return `at most ${upperLimit}`;
  return upperLimit === undefined ? `at least ${lowerLimit}` : `${lowerLimit} to ${upperLimit}`;
}

/** What `onNoData` makes of it when there is no data. */
const WITHOUT_DATA: Readonly<Record<OnNoData, string>> = {
  pass: 'passes: no data counts as good (onNoData: pass)',
  fail: 'no answer: the step would fail (onNoData: fail)',
  retry:
    'no answer: it would be asked again for a while, then the step would fail (onNoData: retry)',
};

function verdictText(measurement: Measurement, onNoData: OnNoData, verdict: Verdict): string {
  if ('value' in measurement) return verdict === 'passed' ? 'passes' : 'fails';
  if (measurement.problem === 'noData') return WITHOUT_DATA[onNoData];
  if (measurement.problem === 'unavailable') {
    return 'no answer: it would be asked again for a while, then the step would fail';
  }
  return 'no answer: the step would fail';
}
