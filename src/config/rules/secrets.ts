import type { Breach } from '../findings.js';
import type { Facts, Said, WebhookFact } from './facts.js';
import type { Rule } from './rule.js';

/** Texts that are credentials whatever they stand in, by the forms that their makers give them. */
const CREDENTIALS: readonly [what: string, pattern: RegExp][] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})\b/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/],
  ['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
  [
    'a Slack webhook',
    /hooks\.slack\.com\/services\/T[A-Za-z0-9]+\/B[A-Za-z0-9]+\/[A-Za-z0-9]{12,}/,
  ],
  ['a Stripe key', /\b[rs]k_live_[A-Za-z0-9]{16,}/],
  ['a JSON web token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** Credentials by where they stand: in an Authorization header, a URL, a password's field. */
const SENSITIVE_HEADER =
  /^(authorization|proxy-authorization|cookie|x-.*(key|token|secret).*|.*api-?key)$/i;
const USER_IN_URL = /^https?:\/\/[^/\s:@{]+:[^/\s@{]+@/;
const SENSITIVE_FIELD =
  /["'?&]?\b(?:password|passwd|secret|token|api_?key|access_?key)\b["']?\s*[=:]\s*["']?(?!["'\s{])[^\s"'&,}{]{6,}/i;

const REMEDY = 'Give it to the worker as a secret, and write {{secrets.name}} here.';

export const secretLiteral: Rule = {
  code: 'secret-literal',
  severity: 'warning',
  reason:
    'Whoever may read the file, or the history of the deployment in Temporal, can read what stands in it. {{secrets.…}} is filled in by the worker, at the moment of the call.',
  wrong: `webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", headers: [{key: Authorization, value: Bearer 4f9a1c77b2}]}`,
  right: `webhooks:
  - {name: tests, method: POST, uriTemplate: "https://ci.example.com", headers: [{key: Authorization, value: "Bearer {{secrets.ci-token}}"}]}`,
  breaches: ({ webhooks = [], queries = [], functions = [], plainTexts }: Facts) => [
    ...webhooks.flatMap(inWebhook),
    ...queries.flatMap(({ template }) => credential(template, REMEDY)),
    ...plainTexts.flatMap((text) => credential(text, REMEDY)),
    ...functions
      .flatMap(({ settings }) => settings.variables)
      .flatMap(({ value }) =>
        credential(value, 'Let the function read it from AWS Secrets Manager when it starts.'),
      ),
  ],
};

function inWebhook({ uri, headers, body }: WebhookFact): Breach[] {
  return [
    ...(uri !== undefined && USER_IN_URL.test(uri.value)
      ? [breach(uri, 'The address contains a password.', REMEDY)]
      : field(uri)),
    ...headers.flatMap(({ key, value }) =>
      value !== undefined && SENSITIVE_HEADER.test(key?.value ?? '') && isLiteral(value.value)
        ? [breach(value, `The header ${key?.value} seems to contain a secret.`, REMEDY)]
        : credential(value, REMEDY),
    ),
    ...field(body),
  ];
}

/** A header made of a scheme and variables says nothing that anybody may not know. */
function isLiteral(value: string): boolean {
  const rest = value.replace(/\{\{.*?\}\}/g, '').replace(/^(Bearer|Basic|Token|ApiKey)\b/i, '');
  return rest.trim().length >= 6;
}

function field(text: Said<string> | undefined): Breach[] {
  const known = credential(text, REMEDY);
  if (known.length > 0 || text === undefined) return known;
  const [token] = SENSITIVE_FIELD.exec(text.value) ?? [];
  return token === undefined ? [] : [breach(text, 'This seems to contain a secret.', REMEDY)];
}

function credential(text: Said<string> | undefined, remedy: string): Breach[] {
  if (text === undefined) return [];
  const found = CREDENTIALS.find(([, pattern]) => pattern.test(text.value));
  return found === undefined ? [] : [breach(text, `This seems to contain ${found[0]}.`, remedy)];
}

/** At the whole value: to underline the secret alone would point it out once more. */
function breach({ place }: Said<string>, message: string, remedy: string): Breach {
  return { place, message, remedy };
}
