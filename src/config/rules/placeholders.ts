import { readName, readTemplate, type Source } from '../../domain/templates.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import type { Facts, Said } from './facts.js';
import { namesIn } from './names.js';
import type { Rule } from './rule.js';
import {
  environmentValues,
  exactSettingTexts,
  imageConfigTexts,
  layersOf,
} from './settingsFacts.js';
import { stepValues } from './stepLists.js';
import { runtimeManagementTexts, tagsOf } from './wideFacts.js';

/** What people write where a value is to be filled in: `{{context.sha}}`, `${SHA}`. */
const PLACEHOLDER = /\{\{[^{}]*\}\}|\$\{[^{}]*\}/;

/** The same where `{{…}}` is a template's. */
const OF_SHELLS = /\$\{[^{}]*\}/;

/** Whether something in a text stands for a value that nobody fills in. */
export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** Whether a text that nothing is filled in in has a variable, which is told at its place. */
export function namesVariables(text: string): boolean {
  return readTemplate(text).variables.some(({ name }) => readName(name) !== undefined);
}

export const uselessTemplate: Rule = {
  code: 'useless-template',
  reason:
    'Variables are filled in in webhooks and queries, and in what a file says of targets, artifacts, providerOptions and trafficManagement, those of secrets there in the values of environments alone; only those in double braces are. Everywhere else the braces would stay as they are.',
  wrong:
    'artifacts:\n  - {functionName: orders, path: "s3://packages/orders-${RELEASE}.zip", type: zipFile}',
  right:
    'context: {release: 1.4.0}\nartifacts:\n  - {functionName: orders, path: "s3://packages/orders-{{context.release}}.zip", type: zipFile}',
  breaches: (facts) => [
    ...plainTexts(facts).flatMap((text) => variablesIn(text)),
    ...environmentValues(facts).flatMap((text) => variablesIn(text, 'secrets')),
    ...exactTexts(facts).flatMap((text) => literally(text, PLACEHOLDER)),
    ...(facts.webhooks ?? []).flatMap(({ uri }) => literally(uri, OF_SHELLS)),
  ],
};

const REMEDY = 'Write the value itself, or have it filled in before Sluice reads the file.';

/** Texts of people's own, in which only what begins like a variable of Sluice is meant as one. */
function plainTexts(facts: Facts): Said<string>[] {
  const { plainTexts, functions = [] } = facts;
  return [
    ...plainTexts,
    ...stepValues(facts),
    ...functions.flatMap(({ settings }) => [
      ...(settings.description === undefined ? [] : [settings.description]),
      ...imageConfigTexts(settings),
    ]),
    ...functions.flatMap(({ wide }) => tagsOf(wide).flatMap(({ value }) => value ?? [])),
  ];
}

/** @param filledIn - the source whose variables have values here */
function variablesIn({ value, place }: Said<string>, filledIn?: Source): Breach[] {
  return readTemplate(value)
    .variables.filter(({ name }) => ![undefined, filledIn].includes(readName(name)?.source))
    .map((variable) => ({
      place: { ...place, token: variable },
      message: `${quoted(variable.token)} is not filled in here.`,
      remedy: REMEDY,
    }));
}

/** Texts that name something outside, or are shown as names. */
function exactTexts(facts: Facts): (Said<string> | undefined)[] {
  const {
    application,
    targets = [],
    packages,
    replacedCode,
    functionNames,
    functions = [],
    aliases,
  } = facts;
  return [
    application,
    ...targets.flatMap(({ name, ...rest }) => [name, rest.account, rest.deployRole, rest.region]),
    ...namesIn(facts).map(([, name]) => name),
    ...functionNames,
    ...packages.flatMap(({ path, type, bucket, key, image }) =>
      path === undefined ? [bucket, key, image] : [path, type],
    ),
    ...replacedCode,
    ...functions.flatMap(({ role, settings }) => [role, settings.handler, ...layersOf(settings)]),
    ...functions.flatMap(({ settings }) => exactSettingTexts(settings)),
    ...functions.flatMap(({ wide }) => [
      ...tagsOf(wide).map(({ key }) => key),
      runtimeManagementTexts(wide).version,
    ]),
    ...aliases.map(({ name }) => name),
  ];
}

function literally(text: Said<string> | undefined, pattern: RegExp): Breach[] {
  const found = text && pattern.exec(text.value)?.[0];
  if (text === undefined || found === undefined) return [];
  const message = `${quoted(found)} is not filled in here.`;
  return [{ place: text.place, message, remedy: REMEDY }];
}
