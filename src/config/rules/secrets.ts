import { readTemplate } from '../../domain/templates.js';
import type { Breach } from '../findings.js';
import type { Facts, HeaderFact, Said, WebhookFact } from './facts.js';
import type { Rule } from './rule.js';
import { imageConfigTexts, variablesOf } from './settingsFacts.js';
import { stepValues } from './stepLists.js';

/** Texts that are credentials whatever they stand in, by the forms that their makers give them. */
const CREDENTIALS: readonly [what: string, pattern: RegExp][] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/],
  ['a GitLab token', /(?<![\w-])glpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /(?<![\w-])xox[abprs]-[A-Za-z0-9-]{10,}/],
  ['a Slack webhook', /hooks\.slack\.com\/services\/T[A-Za-z0-9]+\/B[A-Za-z0-9]+\/[A-Za-z0-9]{12}/],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{16}/],
  ['a JSON web token', /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a password in an address', /:\/\/[^\s:@/{}]+:[^\s@/{}]+@/],
];

/** Headers, variables and fields whose values are secrets, by the end of their names. */
const SENSITIVE_NAME =
  /(?:^|[-_])(?:password|passwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key)$/i;
const SENSITIVE_HEADER = /^(?:authorization|proxy-authorization|cookie|(?!idempotency-).*-key)$/i;

/** A field of JSON, or of a form or a query, with a value that is not empty. */
const FIELD = /"([\w-]{1,40})"\s{0,5}:\s{0,5}"([^"]{1,200})"|[?&]([\w-]{1,40})=([^&\s"']{1,200})/g;

const REMEDY = 'Give it to the worker as a secret, and write {{secrets.name}} here.';
const REMEDY_OF_FUNCTION =
  'Give it to the worker as a secret, and write {{secrets.name}} here; or let the function read it from AWS Secrets Manager when it starts.';

const REMEDY_OF_IMAGE =
  'Give it to the worker as a secret, and to the function in its environment, as {{secrets.name}}.';

export const secretLiteral: Rule = {
  code: 'secret-literal',
  severity: 'warning',
  reason:
    'Whoever may read the file, or the history of the deployment in Temporal, can read what stands in it. {{secrets.…}} is filled in by the worker, at the moment of the call.',
  wrong: `webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", headers: [{key: Authorization, value: Bearer 4f9a1c77b2}]}`,
  right: `webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", headers: [{key: Authorization, value: "Bearer {{secrets.ci-token}}"}]}`,
  breaches(facts: Facts) {
    const { webhooks = [], queries = [], functions = [], plainTexts } = facts;
    const variables = functions.flatMap(({ settings }) => variablesOf(settings));
    return [
      ...webhooks.flatMap(inWebhook),
      ...queries.flatMap(({ template }) => credential(template, REMEDY)),
      ...[...plainTexts, ...stepValues(facts)].flatMap((text) => named(nameOf(text), text, REMEDY)),
      ...variables.flatMap(({ name, value }) => named(name.value, value, REMEDY_OF_FUNCTION)),
      ...functions.flatMap(({ settings }) =>
        imageConfigTexts(settings).flatMap((text) => credential(text, REMEDY_OF_IMAGE)),
      ),
    ];
  },
};

function inWebhook({ uri, headers, body }: WebhookFact): Breach[] {
  return [...inFields(uri), ...headers.flatMap(inHeader), ...inFields(body)];
}

function inHeader({ key, value }: HeaderFact): Breach[] {
  const known = credential(value, REMEDY);
  const name = key?.value ?? '';
  if (known.length > 0 || value === undefined) return known;
  const isSensitive = SENSITIVE_HEADER.test(name) || SENSITIVE_NAME.test(name);
  const rest = value.value.replace(/^(?:Bearer|Basic|Token|ApiKey)\b/i, '');
  if (!isSensitive || !isLiteral(rest)) return [];
  return [breach(value, `The header ${name} seems to contain a secret.`, REMEDY)];
}

function inFields(text: Said<string> | undefined): Breach[] {
  const known = credential(text, REMEDY);
  if (known.length > 0 || text === undefined) return known;
  for (const [, field, value, parameter, given] of text.value.matchAll(FIELD))
    if (SENSITIVE_NAME.test(field ?? parameter ?? '') && isLiteral(value ?? given ?? ''))
      return [breach(text, 'This seems to contain a secret.', REMEDY)];
  return [];
}

/** A value that has a name: a key of a context, a variable of an environment. */
function named(name: string, value: Said<string> | undefined, remedy: string): Breach[] {
  const known = credential(value, remedy);
  if (known.length > 0 || value === undefined) return known;
  if (!SENSITIVE_NAME.test(name) || !isLiteral(value.value)) return [];
  return [breach(value, `${name} seems to be a secret.`, remedy)];
}

/** Whether a text can be a secret itself, and is not the name of one, a sentence or a template. */
function isLiteral(text: string): boolean {
  const value = text.trim();
  if (value.length < 8 || /\s|^arn:/.test(value) || !/[0-9]/.test(value)) return false;
  return readTemplate(value).variables.length === 0;
}

function credential(text: Said<string> | undefined, remedy: string): Breach[] {
  if (text === undefined) return [];
  const found = CREDENTIALS.find(([, pattern]) => pattern.test(text.value));
  return found === undefined ? [] : [breach(text, `This seems to contain ${found[0]}.`, remedy)];
}

function nameOf({ place }: Said<string>): string {
  return String(place.path.at(-1) ?? '');
}

/** At the whole value: to underline the secret alone would point it out once more. */
function breach({ place }: Said<string>, message: string, remedy: string): Breach {
  return { place, message, remedy };
}
