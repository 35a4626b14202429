import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, it } from '@jest/globals';
import { linearRegExp } from '../../dev/lint/linearRegExp.js';

RuleTester.describe = describe;
RuleTester.it = it;

const slow = (code: string) => ({ code, errors: [{ messageId: 'slow' }] });
const dynamic = (code: string) => ({ code, errors: [{ messageId: 'dynamic' }] });

new RuleTester({ languageOptions: { parser } }).run('linear-regexp', linearRegExp, {
  valid: [
    String.raw`/^s3:\/\/[^/]+\/(.*[^/])$/`,
    String.raw`/^(?:[^\s{]|\{(?!\{)|\{\{[^{}]*\}\})*$/`,
    '/(?<!=)=+$/',
    "new RegExp('^a+$', 'i')",
    "new RegExp(OTHER.source, 'g')",
  ],
  invalid: [
    slow(String.raw`/^(?:[^\s{]|\{\{[^{}]*\}\}|\{)*$/`),
    slow('/=+$/'),
    slow(String.raw`/"(?:\\.|[^"\\])*"/g`),
    slow('/a.*b.*c/'),
    slow("RegExp('(a|a)*$')"),
    dynamic('new RegExp(`^(${words.join("|")})$`)'),
    dynamic("RegExp('^' + word)"),
    dynamic('new RegExp(word)'),
  ],
});
