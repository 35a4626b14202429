import { quoted } from '../quoted.js';
import { nearest } from '../shape/nearest.js';
import { exampleOption } from './exampleParts.js';
import type { Facts, Said } from './facts.js';
import type { Explanation } from '../problemKind.js';
import type { Rule } from './rule.js';
import { RUNTIMES, SUPPORTED_RUNTIMES, type RuntimeDates } from '../../domain/runtimeDates.js';

/** The year of the newest `provided.al…` that is known. */
const NEWEST_AMAZON_LINUX = 2023;

/** What stands in front of a runtime's version. */
const FAMILIES = ['nodejs', 'python', 'java', 'dotnet', 'ruby'];

const examples = (wrong: string, right: string): Pick<Explanation, 'wrong' | 'right'> => ({
  wrong: exampleOption(`runtime: ${wrong}`),
  right: exampleOption(`runtime: ${right}`),
});

export const unknownRuntime: Rule = {
  code: 'unknown-runtime',
  reason: 'AWS refuses runtimes that it does not have. Their names are all small letters.',
  ...examples('3.13', 'python3.13'),
  breaches: (facts) =>
    unknown(facts)
      .filter(({ value }) => !isNewer(value))
      .map(({ value, place }) => ({
        place,
        message: `${quoted(value)} is not a runtime of Lambda.`,
        remedy: `Use Lambda's name for it, such as ${suggestion(value) ?? 'nodejs24.x'}.`,
      })),
};

export const newerRuntime: Rule = {
  code: 'newer-runtime',
  severity: 'warning',
  reason:
    'It has the name of a runtime that AWS may have brought out since this version of Sluice was made.',
  ...examples('nodejs98.x', 'nodejs24.x'),
  breaches: (facts) =>
    unknown(facts)
      .filter(({ value }) => isNewer(value))
      .map(({ value, place }) => ({
        place,
        message: `${quoted(value)} is newer than the runtimes that this version of Sluice knows.`,
        remedy: 'Check that AWS has it.',
      })),
};

export const blockedRuntime: Rule = {
  code: 'blocked-runtime',
  reason: 'AWS refuses to create and to update functions on runtimes that are long deprecated.',
  ...examples('nodejs12.x', 'nodejs24.x'),
  breaches: inStage(
    'noUpdate',
    (runtime, dates) =>
      `Since ${dates.noUpdate} AWS neither creates nor updates functions on ${runtime}.`,
  ),
};

export const uncreatableRuntime: Rule = {
  code: 'uncreatable-runtime',
  severity: 'warning',
  reason:
    'AWS creates no more functions on this runtime. Those that exist can be updated, until the date that is named.',
  ...examples('nodejs14.x', 'nodejs24.x'),
  breaches: inStage(
    'noCreate',
    (runtime, dates) =>
      `Since ${dates.noCreate} AWS creates no functions on ${runtime}, and from ${dates.noUpdate} on it updates none.`,
  ),
};

export const deprecatedRuntime: Rule = {
  code: 'deprecated-runtime',
  severity: 'warning',
  reason:
    'AWS no longer mends this runtime. Later it will refuse to create functions on it, and then to update them: then not even a rollback can put it back.',
  ...examples('nodejs16.x', 'nodejs24.x'),
  breaches: inStage(
    'deprecated',
    (runtime, dates) =>
      `AWS has deprecated ${runtime} on ${dates.deprecated}: from ${dates.noCreate} on it creates no functions on it, and from ${dates.noUpdate} on it updates none.`,
  ),
};

function runtimesOf({ functions = [] }: Facts): Said<string>[] {
  return functions.flatMap(({ settings }) => settings.runtime ?? []);
}

function unknown(facts: Facts): Said<string>[] {
  return runtimesOf(facts).filter(({ value }) => !RUNTIMES.has(value));
}

/** What is said of runtimes in the last stage that they have reached. */
function inStage(
  stage: keyof RuntimeDates,
  message: (runtime: string, dates: RuntimeDates) => string,
): Rule['breaches'] {
  return (facts, now) =>
    runtimesOf(facts).flatMap(({ value, place }) => {
      const dates = RUNTIMES.get(value);
      if (dates === undefined || stageOf(dates, now) !== stage) return [];
      return {
        place,
        message: message(value, dates),
        remedy: 'Move the function to a newer runtime.',
      };
    });
}

/** The last of a runtime's days that has come. */
function stageOf(dates: RuntimeDates, now: Date): keyof RuntimeDates | undefined {
  const today = now.toISOString().slice(0, 10);
  const stages = ['noUpdate', 'noCreate', 'deprecated'] as const;
  return stages.find((stage) => dates[stage] <= today);
}

/** Whether a name is made like those of a family, with a version above all that are known. */
function isNewer(name: string): boolean {
  const [, year] = /^provided\.al([0-9]{4})$/.exec(name) ?? [];
  if (year !== undefined) return Number(year) > NEWEST_AMAZON_LINUX;
  const [, family = '', version = ''] = /^([a-z]+)([0-9]+(?:\.[0-9]+)?)(?:\.x)?$/.exec(name) ?? [];
  if (!FAMILIES.includes(family)) return false;
  const known = [...RUNTIMES.keys()].flatMap(
    (each) => /^([a-z]+)([0-9.]*[0-9])/.exec(each)?.slice(1, 3).join(' ') ?? [],
  );
  const versions = known
    .filter((each) => each.startsWith(`${family} `))
    .map((each) => each.slice(family.length + 1));
  return versions.every((each) => compareVersions(version, each) > 0);
}

function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The newest runtime that begins or ends with what is there, or the one that is spelt most alike. */
function suggestion(name: string): string | undefined {
  const newest = SUPPORTED_RUNTIMES.toReversed();
  const word = name.toLowerCase().replaceAll(/\s/g, '');
  return (
    [...RUNTIMES.keys()].find((each) => /^[0-9.]+$/.test(word) && each.endsWith(word)) ??
    newest.find((each) => word !== '' && each.startsWith(word)) ??
    nearest(word, newest)
  );
}
