import { durationText } from '../../domain/durations.js';
import { MAX_JUDGMENT_RUNS, MAX_WAIT_MS } from '../../domain/plan.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import type { AnalysisFact, Facts } from './facts.js';
import type { Rule } from './rule.js';
import { stepsOf } from './stepLists.js';

const analysis = (step: string, query: string, more = '') => `strategies:
  gradual:
    canary: {steps: [{analysis: {${step}, queries: [errors]}}]}
analysis:
  ${more}queries: [{name: errors, queryTemplate: sum(errors)${query}}]`;

const STEP = 'interval: 1, units: minutes, numberOfJudgmentRuns: 3';
const PROVIDER = 'defaultMetricProviderName: prometheus\n  ';

export const queryWithoutLimit: Rule = {
  code: 'query-without-limit',
  inEditor: true,
  reason: 'Without a limit every answer would be a good one.',
  wrong: analysis(STEP, '', PROVIDER),
  right: analysis(STEP, ', upperLimit: 0.05', PROVIDER),
  breaches: ({ queries = [] }) =>
    queries.flatMap(({ name, hasLimit }) =>
      name === undefined || hasLimit
        ? []
        : {
            place: name.place,
            message: `The query ${quoted(name.value)} has no limit.`,
            remedy: 'Add an upperLimit, a lowerLimit or both.',
          },
    ),
};

export const limitsCrossed: Rule = {
  code: 'limits-crossed',
  reason: 'No number is above the one limit and below the other, so the analysis always fails.',
  wrong: analysis(STEP, ', lowerLimit: 5, upperLimit: 1', PROVIDER),
  right: analysis(STEP, ', lowerLimit: 1, upperLimit: 5', PROVIDER),
  breaches: ({ queries = [] }) =>
    queries.flatMap(({ upper, lower }) =>
      upper === undefined || lower === undefined || lower.value <= upper.value
        ? []
        : {
            place: lower.place,
            message: `The lowerLimit ${lower.value} is greater than the upperLimit ${upper.value}.`,
            remedy: 'Exchange the two.',
          },
    ),
};

export const queryWithoutProvider: Rule = {
  code: 'query-without-provider',
  reason:
    'Somebody has to answer a query: the provider that the step names, else the one of the query, else the default of the file.',
  wrong: analysis(STEP, ', upperLimit: 1'),
  right: analysis(STEP, ', upperLimit: 1', PROVIDER),
  breaches(facts) {
    const { queries = [] } = facts;
    const orphans = new Set(
      queries.flatMap((query) => (query.hasProvider ? [] : (query.name?.value ?? []))),
    );
    return analysesOf(facts)
      .filter(({ hasProvider }) => !hasProvider)
      .flatMap((step) => step.queries)
      .filter(({ value }) => orphans.has(value))
      .map(({ value, place }) => ({
        place,
        message: `It is not said which metric provider answers the query ${quoted(value)}.`,
        remedy:
          'Add metricProviderName to the step or the query, or analysis.defaultMetricProviderName.',
      }));
  },
};

export const judgmentRuns: Rule = {
  code: 'judgment-runs',
  inEditor: true,
  reason: `An analysis runs its queries at least once, and at most ${MAX_JUDGMENT_RUNS} times: the history of a Temporal workflow has an end.`,
  wrong: analysis(
    'interval: 1, units: minutes, numberOfJudgmentRuns: 0',
    ', upperLimit: 1',
    PROVIDER,
  ),
  right: analysis(STEP, ', upperLimit: 1', PROVIDER),
  breaches: (facts) =>
    analysesOf(facts).flatMap(({ runs }) => {
      if (runs === undefined || (runs.value >= 1 && runs.value <= MAX_JUDGMENT_RUNS)) return [];
      const message = `numberOfJudgmentRuns is ${runs.value}, and must be 1 to ${MAX_JUDGMENT_RUNS}.`;
      return [{ place: runs.place, message, remedy: 'Write how often the queries are run.' }];
    }),
};

export const analysisInterval: Rule = {
  code: 'analysis-interval',
  reason: 'Nobody waits longer than a year for an analysis.',
  wrong: analysis(
    'interval: 9000, units: hours, numberOfJudgmentRuns: 3',
    ', upperLimit: 1',
    PROVIDER,
  ),
  right: analysis(STEP, ', upperLimit: 1', PROVIDER),
  breaches: (facts) => analysesOf(facts).flatMap(badInterval),
};

function badInterval({ intervalMs, runs }: AnalysisFact): Breach[] {
  if (intervalMs === undefined) return [];
  const { value, place } = intervalMs;
  const whole = value * Math.max(1, runs?.value ?? 1);
  if (whole <= MAX_WAIT_MS) return [];
  const message = `The analysis takes ${durationText(whole)}, and may take at most 365 days.`;
  return [{ place, message, remedy: 'Write the time between two runs.' }];
}

function analysesOf(facts: Facts): AnalysisFact[] {
  return stepsOf(facts).flatMap(({ analysis }) => analysis ?? []);
}
