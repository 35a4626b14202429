import { describe, expect, it } from '@jest/globals';
import { codes, shopWith } from './support.js';

const header = (text: string) =>
  shopWith(
    '      - key: Authorization\n        value: Bearer {{secrets.chat}}\n',
    `      - ${text}\n`,
  );
const body = (text: string) =>
  shopWith(
    `{"callback": "{{armory.callbackUri}}/callback", "team": "{{context.team}}"}`,
    `{"callback": "{{armory.callbackUri}}", ${text}}`,
  );
const environment = (text: string) => shopWith('LEVEL: info', text);
const context = (text: string) => shopWith('team: checkout', `team: a\n  ${text}`);

describe('what seems to be a secret', () => {
  it.each([
    ['a credential in a header', header('{key: Authorization, value: Bearer 4f9a1c77b2}')],
    ['a cookie', header('{key: Cookie, value: session=4f9a1c77b2}')],
    ['a key in a header', header('{key: X-Api-Key, value: 4f9a1c77b2}')],
    ['a key of an application', header('{key: DD-APPLICATION-KEY, value: 0123456789abcdef}')],
    ['a token in a header', header('{key: PRIVATE-TOKEN, value: abcdef1234567890}')],
    ['a password in a body', body('"password": "hunter2hunter2"')],
    ['a token in a body', body('"api_token": "abc123def456"')],
    ['an access key in the environment', environment('LEVEL: AKIAIOSFODNN7EXAMPLE')],
    ['a password in the environment', environment('DB_PASSWORD: hunter2hunter2')],
    ['an address with a password', environment('DATABASE_URL: "postgres://u:passw0rd@h/db"')],
    ['a password in the context', context('password: hunter2hunter2')],
    ['an access key in a step', shopWith('room: war', 'room: AKIAIOSFODNN7EXAMPLE')],
    ['a private key', context('text: "-----BEGIN RSA PRIVATE KEY-----"')],
  ])('is found: %s', (_name, text) => {
    expect(codes(text)).toEqual(['secret-literal']);
  });

  it.each([
    [
      'a scheme of its own before a secret',
      header('{key: Authorization, value: "GenieKey {{secrets.a}}"}'),
    ],
    ['a secret with a name', header('{key: Authorization, value: "Token token={{secrets.a}}"}')],
    ['a cookie with a secret', header('{key: Cookie, value: "session={{secrets.a}}"}')],
    [
      'a key of another kind',
      header('{key: X-Idempotency-Key, value: "deploy-{{armory.deploymentId}}"}'),
    ],
    ['a key that repeats', header('{key: Idempotency-Key, value: deploy-20261124}')],
    ['a word that ends alike', header('{key: X-Monkey, value: banana-2026}')],
    ['a word that begins alike', header('{key: X-Keyboard, value: german-de-105}')],
    ['the kind of a token', header('{key: X-Token-Type, value: JWT-bearer-2}')],
    ['a secret in a field', body('"token": "Bearer {{secrets.a}}"')],
    ['a part of a field', body('"token": "v1-{{secrets.a}}"')],
    ['a sentence', body('"title": "Password: rotation 2026 done"')],
    ['a word', body('"summary": "token: rotated"')],
    ['the name of a secret', body('"secret": "my-secret-name"')],
    [
      'the ARN of a secret',
      body('"secret": "arn:aws:secretsmanager:us-east-1:111111111111:secret:a"'),
    ],
    [
      'the ARN in the environment',
      environment('DB_SECRET_ARN: "arn:aws:secretsmanager:us-east-1:1:a"'),
    ],
    ['how long a token lives', environment('TOKEN_TTL: "86400000"')],
    ['an address without a password', environment('URL: "https://h:8080/a@b"')],
  ])('is not seen where there is none: %s', (_name, text) => {
    expect(codes(text)).toEqual([]);
  });
});
