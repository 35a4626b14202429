import { SECRET_NAME, SECRET_NAME_REMEDY } from '../../domain/secretNames.js';
import { keyIn, readTemplate } from '../../domain/templates.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
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

function badNames({ value, place }: Said<string>): Breach[] {
  return readTemplate(value).variables.flatMap((variable) => {
    const name = keyIn('secrets', variable.name);
    if (name === undefined || SECRET_NAME.test(name)) return [];
    const message = `${quoted(name)} cannot be the name of a secret.`;
    return [{ place: { ...place, token: variable }, message, remedy: SECRET_NAME_REMEDY }];
  });
}
