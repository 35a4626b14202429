import { RECURSIVE_LOOP, UPDATE_RUNTIME_ON } from '../../domain/functionWide.js';
import { isReservedTag, MAX_TAG_KEY, MAX_TAG_VALUE, MAX_TAGS } from '../../domain/tagRules.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { oneOf } from '../shape/wording.js';
import { EXAMPLE_RUNTIME_VERSION, exampleOption } from './exampleParts.js';
import type { Facts, FunctionFact, Said, WideFact } from './facts.js';
import { regionsByTarget } from './knownRegions.js';
import { hasPlaceholder } from './placeholders.js';
import type { Rule } from './rule.js';
import { runtimeManagementTexts, tagsOf } from './wideFacts.js';

const option = (...lines: string[]): string => exampleOption('runtime: nodejs24.x', ...lines);

const manual = (...lines: string[]): string =>
  option('runtimeManagementConfig:', ...lines.map((line) => `  ${line}`));

export const tagForm: Rule = {
  code: 'tag-form',
  inEditor: true,
  reason: `AWS takes keys of 1 to ${MAX_TAG_KEY} characters and values of up to ${MAX_TAG_VALUE}. Keys that begin with aws: are its own, and sluice:deployment is what Sluice marks functions with that it creates.`,
  wrong: option('tags: {"aws:team": checkout}'),
  right: option('tags: {team: checkout}'),
  breaches: eachWide((wide) => tagsOf(wide).flatMap(wrongTag)),
};

export const tooManyTags: Rule = {
  code: 'too-many-tags',
  inEditor: true,
  reason: `AWS gives a function at most 50 tags, and one of them is the mark on a function that Sluice creates.`,
  wrong: option('tags: {tag-1: "", tag-2: "", …}'),
  right: option('tags: {team: checkout}'),
  abridged: true,
  breaches: eachWide((wide) => {
    const tags = tagsOf(wide);
    const first = tags[MAX_TAGS];
    if (first === undefined) return [];
    const message = `The function has ${tags.length} tags here, and there is room for ${MAX_TAGS}.`;
    return [{ place: first.key.place, message, remedy: 'Leave some of them out.' }];
  }),
};

export const reservedConcurrency: Rule = {
  code: 'reserved-concurrency',
  inEditor: true,
  reason:
    'Lambda keeps room for a whole number of invocations at once, from 0 on, or for none of its own.',
  wrong: option('reservedConcurrency: -1'),
  right: option('reservedConcurrency: none'),
  breaches: eachWide(({ reservedConcurrency: given }) => {
    if (given === undefined || isReserved(given.value)) return [];
    const { value, place } = given;
    const shown = typeof value === 'string' ? quoted(value) : String(value);
    const message = `${shown} is neither none nor a whole number from 0 on.`;
    const remedy = 'Write how many invocations may run at once, or none to keep none.';
    return [{ place, message, remedy }];
  }),
};

export const noInvocations: Rule = {
  code: 'no-invocations',
  severity: 'warning',
  reason:
    'With a reserved concurrency of 0 Lambda invokes the function no more, by whichever version or alias, the one that serves now included.',
  wrong: option('reservedConcurrency: 0'),
  right: option('reservedConcurrency: 10'),
  breaches: eachWide(({ reservedConcurrency: given }) => {
    if (given === undefined || given.value === '' || Number(given.value) !== 0) return [];
    const message = 'This stops all invocations of the function, in all its versions.';
    const remedy =
      'Write none for the concurrency of the account, unless nobody is to invoke it any more.';
    return [{ place: given.place, message, remedy }];
  }),
};

export const updateRuntimeOn: Rule = {
  code: 'update-runtime-on',
  inEditor: true,
  reason: 'AWS has these words for when it updates the runtime of a function, and no others.',
  wrong: manual('updateRuntimeOn: Never'),
  right: manual('updateRuntimeOn: FunctionUpdate'),
  breaches: eachWide((wide) =>
    otherWord(runtimeManagementTexts(wide).mode, 'updateRuntimeOn', UPDATE_RUNTIME_ON),
  ),
};

export const runtimeVersion: Rule = {
  code: 'runtime-version',
  reason:
    'With Manual, AWS wants to be told which version of the runtime the function stays at, of the region in which it is; with other words it takes none.',
  wrong: manual('updateRuntimeOn: Auto', `runtimeVersionArn: ${EXAMPLE_RUNTIME_VERSION}`),
  right: manual('updateRuntimeOn: Manual', `runtimeVersionArn: ${EXAMPLE_RUNTIME_VERSION}`),
  breaches({ targets = [], functions = [] }) {
    const regions = regionsByTarget(targets);
    return functions.flatMap(({ target, wide }) =>
      wrongVersion(wide, regions.get(target?.value ?? '')),
    );
  },
};

export const recursiveLoop: Rule = {
  code: 'recursive-loop',
  inEditor: true,
  reason: 'AWS either stops a function that invokes itself again and again, or lets it go on.',
  wrong: option('recursiveLoop: Stop'),
  right: option('recursiveLoop: Terminate'),
  breaches: eachWide(({ recursiveLoop: given }) =>
    otherWord(given, 'recursiveLoop', RECURSIVE_LOOP),
  ),
};

function eachWide(find: (wide: FunctionFact['wide']) => Breach[]): (facts: Facts) => Breach[] {
  return ({ functions = [] }) => functions.flatMap(({ wide }) => find(wide));
}

function wrongTag({ key, value }: ReturnType<typeof tagsOf>[number]): Breach[] {
  if (hasPlaceholder(key.value)) return [];
  const remedy = 'Choose another key, or remove it.';
  if (isReservedTag(key.value)) {
    const message = `Tags with the key ${quoted(key.value)} are not for people to write.`;
    return [{ place: key.place, message, remedy }];
  }
  const length = [...key.value].length;
  if (length < 1 || length > MAX_TAG_KEY) {
    const message = `The key of the tag has ${length} characters, and AWS takes 1 to ${MAX_TAG_KEY}.`;
    return [{ place: key.place, message, remedy }];
  }
  const size = [...(value?.value ?? '')].length;
  if (value === undefined || size <= MAX_TAG_VALUE) return [];
  const message = `The value of the tag has ${size} characters, and AWS takes up to ${MAX_TAG_VALUE}.`;
  return [{ place: value.place, message, remedy: 'Write a shorter one.' }];
}

function isReserved(value: number | string): boolean {
  return typeof value === 'number' ? value >= 0 : /^(none|\d{1,9})$/.test(value);
}

function otherWord(
  given: Said<string> | undefined,
  what: string,
  words: readonly string[],
): Breach[] {
  if (given === undefined || words.includes(given.value)) return [];
  const message = `${quoted(given.value)} is no ${what} of AWS.`;
  return [{ place: given.place, message, remedy: `Write ${oneOf(words)}.` }];
}

function wrongVersion(wide: WideFact, region: string | undefined): Breach[] {
  const { mode, version } = runtimeManagementTexts(wide);
  if (mode === undefined || !UPDATE_RUNTIME_ON.includes(mode.value)) return [];
  const isManual = mode.value === 'Manual';
  if (isManual && !('runtimeVersionArn' in (wide.runtimeManagementConfig?.value ?? {}))) {
    const message = 'Manual needs the version of the runtime to stay at.';
    return [{ place: mode.place, message, remedy: 'Add runtimeVersionArn.' }];
  }
  if (version === undefined) return [];
  if (!isManual) {
    const message = `With ${mode.value}, Lambda chooses the version of the runtime itself.`;
    return [{ place: version.place, message, remedy: 'Remove it, or write Manual.' }];
  }
  const [, own] = /^arn:[^:]*:lambda:([^:]+)::/.exec(version.value) ?? [];
  if (region === undefined || own === undefined || own === region) return [];
  const message = `The version of the runtime is that of ${own}, and the target deploys to ${region}.`;
  return [{ place: version.place, message, remedy: `Name the version that ${region} has.` }];
}
