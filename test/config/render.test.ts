import { describe, expect, it } from '@jest/globals';
import { renderDiagnostics, type Diagnostic } from '../../src/config/index.js';
import { diagnose, SHOP, shopWith } from './support.js';

const MANY_MISTAKES = `version: v1
kind: lambda
aplication: Shop
x-defaults: &defaults
  account: shop
  deployAsIamRole: arn:aws:iam::111111111111:role/Deploy
  region: us-east-1
  strategy: canari
targets:
  staging:
    <<: *defaults
    constraints: {dependsOn: [production]}
  production:
    <<: *defaults
    constraints:
      dependsOn:
        - staging
      beforeDeployment:
        - pause: {untilApproved: true}
strategies:
  canary:
    canary:
      steps:
        - setWeight: 50
        - setWeight: {weight: 25}
        - wait: 5
artifacts:
  - functionName: orders
    path: s3://shop-packages
    type: zipFile
providerOptions:
  lambda:
    - {target: staging, name: orders, handler: index.handler, runtime: nodejs24.x}
    - target: "production"
      name: "最初の注文"
      runAsIamRole: arn:aws:iam::222222222222:role/Run
      handler: index.handler
      runtime: nodejs24.x
      memorySize: 64
`;

function render(text: string): string {
  return renderDiagnostics(diagnose(text), { fileName: 'deploy.yaml', text }).text;
}

/** A diagnostic at one token. */
function at(line: number, column: number, endColumn: number): Diagnostic {
  const position = { line, column, endLine: line, endColumn };
  return { code: 'a-code', severity: 'error', message: 'Wrong.', remedy: 'Right.', ...position };
}

/** The quoted line and the line with the marks. */
function excerptOf(text: string, diagnostic: Diagnostic): string[] {
  const output = renderDiagnostics([diagnostic], { fileName: 'f', text }).text;
  return output.split('\n').slice(1, 3);
}

describe('the text that a person reads', () => {
  it('shows every mistake of a file with its line, its token and its remedy', () => {
    expect(render(MANY_MISTAKES)).toMatchFileSnapshot('golden/many-mistakes.txt');
  });

  it('does not show what seems to be a secret, also not beside something else', () => {
    const secret = shopWith('value: Bearer {{secrets.chat}}', 'value: "Bearer 5f2c9d81b7c4"');
    expect(render(secret)).toContain('value: ••••••• •••••••••••••\n');
    const beside = shopWith(
      '      - key: Authorization\n        value: Bearer {{secrets.chat}}',
      '      - {key: Authorization, value: 5f2c9d81b7c4, note: x}',
    );
    expect(render(beside)).toContain('error[unknown-key]');
    for (const each of [secret, beside]) {
      expect(render(each)).not.toContain('5f2c9d81b7c4');
      expect(JSON.stringify(diagnose(each))).not.toContain('5f2c9d81b7c4');
    }
  });

  it('is empty for a file without mistakes', () => {
    expect(render(SHOP)).toBe('');
  });

  it('ends after fifty, with the count of all', () => {
    const output = render(
      `${SHOP}${Array.from({ length: 60 }, (_, i) => `key${i}: 1\n`).join('')}`,
    );
    expect(output.match(/^deploy\.yaml:/gm)).toHaveLength(50);
    expect(output).toMatch(/\n60 errors, of which 10 are not shown\.\n$/);
  });

  it('counts errors and warnings apart', () => {
    const diagnostics = [at(1, 1, 2), { ...at(1, 1, 2), severity: 'warning' as const }];
    const output = renderDiagnostics(diagnostics, { fileName: 'f', text: 'a' }).text;
    expect(output).toContain('f:1:1: warning[a-code]: Wrong.');
    expect(output).toMatch(/\n1 error and 1 warning\.\n$/);
  });

  it('has colours when they are asked for, and is the same without them', () => {
    const options = { fileName: 'deploy.yaml', text: MANY_MISTAKES };
    const coloured = renderDiagnostics(diagnose(MANY_MISTAKES), { ...options, colour: true }).text;
    expect(coloured).toContain('\u001b[1m\u001b[31merror[unknown-key]:\u001b[39m\u001b[22m');
    // eslint-disable-next-line no-control-regex -- the control sequences are what is removed
    expect(coloured.replace(/\u001b\[[\d;]*m/g, '')).toBe(render(MANY_MISTAKES));
  });

  it.each([
    ['wide characters', 'a: 最初 x', at(1, 7, 8), ['  1 | a: 最初 x', '    |         ^']],
    ['a wide token', 'a: 最初', at(1, 4, 6), ['  1 | a: 最初', '    |    ^^^^']],
    ['an emoji', '🚀: x', at(1, 5, 6), ['  1 | 🚀: x', '    |     ^']],
    ['combining accents', 'e\u0301: x', at(1, 5, 6), ['  1 | e\u0301: x', '    |    ^']],
    ['a tab', 'a:\tx', at(1, 4, 5), ['  1 | a:␉x', '    |    ^']],
    ['a Windows line end', 'a: x\r\n', at(1, 4, 5), ['  1 | a: x', '    |    ^']],
    ['the end of the file', 'a:\n', at(2, 1, 2), ['  2 |', '    | ^']],
    ['a line that is not there', 'a', at(9, 9, 12), ['  9 |', '    | ^']],
  ])('has its marks under the token: %s', (_name, text, diagnostic, expected) => {
    expect(excerptOf(text, diagnostic)).toEqual(expected);
  });

  it('shows of a long line what stands around the token', () => {
    const [line = '', marks = ''] = excerptOf(
      `${'x'.repeat(500)}TOKEN${'y'.repeat(500)}`,
      at(1, 501, 506),
    );
    expect(line).toMatch(/^ {2}1 \| …x{40}TOKENy{75}…$/);
    expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('TOKEN');
  });

  it('marks of a token over several lines its first line', () => {
    const diagnostic = { ...at(1, 4, 3), endLine: 3 };
    expect(excerptOf('a: [1,\n 2\n ]', diagnostic)).toEqual(['  1 | a: [1,', '    |    ^^^']);
  });
});
