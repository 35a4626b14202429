import { SECRET_NAME, SECRET_NAME_REMEDY } from '../../domain/secretNames.js';
import { keyIn, readName, readTemplate, templateTokens } from '../../domain/templates.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { exampleOption } from './exampleParts.js';
import type { Said } from './facts.js';
import type { Rule } from './rule.js';
import { environmentValues } from './settingsFacts.js';
import { templateTexts } from './templates.js';

const webhook = (address: string) => `webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com/${address}", disableCallback: true}`;

export const secretName: Rule = {
  code: 'secret-name',
  reason:
    'A secret is looked for in the environment, in directories and in AWS Secrets Manager, and none of them has names with other characters.',
  wrong: webhook('{{secrets.schlüssel}}'),
  right: webhook('{{secrets.schluessel}}'),
  breaches: (facts) => [...templateTexts(facts), ...environmentValues(facts)].flatMap(badNames),
};

const option = (value: string) =>
  exampleOption('runtime: nodejs24.x', `environment: {DB_URL: "${value}"}`);

/** Other braces in an environment are text of people's own; these are most likely meant as a secret. */
export const unfilledSecret: Rule = {
  code: 'unfilled-secret',
  severity: 'warning',
  reason:
    'In the value of an environment variable, {{secrets.NAME}} is filled in and nothing else: all other braces are text, and reach the function as they are.',
  wrong: option('db://app:{{secret.orders-db}}@host'),
  right: option('db://app:{{secrets.orders-db}}@host'),
  breaches: (facts) => environmentValues(facts).flatMap(likeSecrets),
};

function likeSecrets({ value, place }: Said<string>): Breach[] {
  const { variables } = readTemplate(value);
  const read = variables.filter(({ name }) => readName(name) !== undefined);
  const known = new Set(read.map(({ start }) => start));
  return templateTokens(value)
    .filter(({ start, token }) => !known.has(start) && /secret/i.test(token))
    .map((token) => ({
      place: { ...place, token },
      message: `${quoted(token.token)} is not filled in: it stays as it is.`,
      remedy: 'Write {{secrets.NAME}} if it is a secret.',
    }));
}

function badNames({ value, place }: Said<string>): Breach[] {
  return readTemplate(value).variables.flatMap((variable) => {
    const name = keyIn('secrets', variable.name);
    if (name === undefined || SECRET_NAME.test(name)) return [];
    const message = `${quoted(name)} cannot be the name of a secret.`;
    return [{ place: { ...place, token: variable }, message, remedy: SECRET_NAME_REMEDY }];
  });
}
