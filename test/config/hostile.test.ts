import { describe, expect, it } from '@jest/globals';
import { renderDiagnostics } from '../../src/config/index.js';
import { exampleFile } from './examples.js';
import { codes, diagnose, SHOP, shopWith } from './support.js';

const MEGABYTE = 1024 * 1024;
const LINES_OF_SHOP = SHOP.split('\n').length - 1;

/** Anchors of which each holds the one before ten times. */
function aliasBomb(levels: number): string {
  const level = (index: number) => `x-${index}: &a${index} [${`*a${index - 1},`.repeat(10)}]\n`;
  const rest = Array.from({ length: levels }, (_, index) => level(index + 1));
  return `x-0: &a0 [x]\n${rest.join('')}targets: *a${levels}\n`;
}

function mergeBomb(levels: number): string {
  const merge = (index: number) =>
    `x-${index}: &m${index} {<<: [${`*m${index - 1},`.repeat(9)}]}\n`;
  const rest = Array.from({ length: levels }, (_, index) => merge(index + 1));
  return `x-0: &m0 {a: 1}\n${rest.join('')}targets: *m${levels}\n`;
}

describe('a file that is no deployment', () => {
  it.each<[name: string, source: string | Uint8Array, code: string, line: number, column: number]>([
    ['an empty file', '', 'empty-file', 1, 1],
    ['blank lines', '\n \n\n', 'empty-file', 1, 1],
    ['comments only', '# version: v1\n# later\n', 'empty-file', 1, 1],
    ['a document start and nothing else', '---\n', 'empty-file', 1, 1],
    ['a byte order mark only', '\ufeff', 'empty-file', 1, 1],
    ['a list', '- a\n- b\n', 'no-deployment', 1, 1],
    ['a sentence', '# a letter\nDear Sluice\n', 'no-deployment', 1, 1],
    ['a number', '42', 'no-deployment', 1, 1],
    ['null', '~', 'no-deployment', 1, 1],
    ['a NUL byte', 'version: v1\nkind: la\0mbda\n', 'not-text', 2, 9],
    ['an escape sequence', 'version: v1\nkind: \u001b[2J\n', 'not-text', 2, 7],
    ['a zip file', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0xff), 'not-text', 1, 3],
    ['invalid UTF-8', Uint8Array.of(0x61, 0x3a, 0x20, 0xc3, 0x28, 0x0a), 'not-text', 1, 4],
    ['Latin-1', Buffer.from('version: v1\nname: caf\u00e9\n', 'latin1'), 'not-text', 2, 10],
    ['UTF-16', Buffer.from('\ufeffversion: v1', 'utf16le'), 'not-text', 1, 1],
    ['two documents', `${SHOP}---\n${SHOP}`, 'several-documents', LINES_OF_SHOP + 2, 1],
    ['tabs as indentation', 'targets:\n\tprod:\n', 'tab-indentation', 2, 1],
    ['a quote that is not closed', 'version: "v1\nkind: lambda\n', 'yaml-syntax', 1, 10],
    ['a bracket that is not closed', 'targets: [1, 2\nb: 3\n', 'yaml-syntax', 2, 1],
    ['a colon within a value', 'application: one: two\n', 'yaml-syntax', 1, 14],
    ['uneven indentation', 'targets:\n    b: 1\n  c: 2\n', 'yaml-syntax', 3, 1],
    ['a tag', 'application: !secret v1\n', 'yaml-syntax', 1, 14],
    ['an unknown alias', shopWith('Shop', '*shop'), 'unknown-anchor', 3, 14],
    ['an alias in its own anchor', 'targets: &a\n  b: *a\n', 'nested-too-deeply', 2, 6],
    ['a merge of itself', 'targets: &a {<<: *a}\n', 'nested-too-deeply', 1, 13],
    ['a merge of text', shopWith('*common', 'common'), 'bad-merge', 21, 9],
    ['a key that stands twice', `${SHOP}kind: lambda\n`, 'duplicate-key', LINES_OF_SHOP + 1, 1],
    ['a key without text', shopWith('team: checkout', '? [a]\n  : b'), 'key-not-text', 6, 5],
    ['a template without quotes', shopWith('checkout', '{{context.team}}'), 'key-not-text', 6, 9],
    ['a key of JavaScript', shopWith('team:', '__proto__:'), 'reserved-key', 6, 3],
  ])('is refused with a position: %s', (_name, source, code, line, column) => {
    expect(diagnose(source)).toContainEqual(
      expect.objectContaining({ code, line, column, severity: 'error' }),
    );
  });

  it.each([
    ['a bomb of aliases', aliasBomb(9), 'too-many-aliases'],
    ['a bomb of merges', mergeBomb(30), 'too-many-aliases'],
    ['a chain of aliases', aliasBomb(80).replaceAll(/(\*a\d+,)+/g, '$1'), 'nested-too-deeply'],
    ['brackets without end', `targets: ${'['.repeat(20_000)}`, 'nested-too-deeply'],
    ['hyphens without end', `targets:\n${'- '.repeat(20_000)}`, 'nested-too-deeply'],
    ['more than a megabyte', `#${' '.repeat(MEGABYTE)}`, 'file-too-large'],
  ])('is refused soon: %s', (_name, source, code) => {
    expect(codes(source)).toEqual([code]);
  });

  const LONG = 400_000;

  it.each([
    ['digits and underscores', `context: {a: 1${'_'.repeat(LONG)}x}`],
    ['what begins like a token', `context: {a: "${'-eyJ'.repeat(LONG / 4)}"}`],
    ['what begins like a key', `context: {a: "${'-----BEGIN '.repeat(LONG / 11)}"}`],
    ['addresses', `context: {a: "${'a://b:'.repeat(LONG / 6)}"}`],
    [
      'variables of an address',
      `webhooks: [{name: a, method: GET, uriTemplate: "https://a/${'{{context.a}}'.repeat(LONG / 13)} "}]`,
    ],
    ['braces', `webhooks: [{name: a, method: GET, uriTemplate: "${'{'.repeat(LONG)}"}]`],
    [
      'variables',
      `webhooks: [{name: a, method: GET, uriTemplate: "${'{{#a}}'.repeat(LONG / 6)}"}]`,
    ],
    ['quotes', `webhooks: [{name: a, method: GET, uriTemplate: '${'"a": '.repeat(LONG / 5)}'}]`],
    [
      'a name that is long',
      `targets: {a: {strategy: ${'a'.repeat(LONG)}}}\nstrategies: {${'b'.repeat(900)}: {}}`,
    ],
    [
      'a header that is long',
      `webhooks: [{headers: [{key: "x-${'key'.repeat(LONG / 3)}\\nz", value: a}]}]`,
    ],
  ])('may have as much of it as it likes, and no one waits: %s', (_name, text) => {
    expect(codes(`kind: lambda\n${text}`)).toContain('missing-key');
  });

  it('may use a long text very often, and no one waits', () => {
    const uses = Array.from({ length: 1000 }, (_, index) => `k${index}: *a`).join(', ');
    const text = `kind: lambda\nx-a: &a "${'x'.repeat(LONG)}"\ncontext: {${uses}}\n`;
    expect(codes(text)).toEqual(['too-many-aliases']);
  });

  it('may use a webhook with very many variables very often, and no one waits', () => {
    const variables = Array.from({ length: 3000 }, (_, index) => `{{context.a${index}}}`);
    const steps = `[${'{runWebhook: {name: w}}, '.repeat(100)}]`;
    const strategies = Array.from({ length: 100 }, (_, index) => `  s${index}: *s\n`);
    const text = `x-s: &s {canary: {steps: ${steps}}}\nstrategies:\n${strategies.join('')}webhooks: [{name: w, method: POST, uriTemplate: "https://a.b/${variables.join('')}"}]\n`;
    expect(codes(text)).toContain('template-too-large');
    expect(codes(text)).not.toContain('missing-context');
  });

  const withWebhook = (body: string, steps: string) =>
    exampleFile(
      { code: 'x', reason: '' } as never,
      `targets:
  production: {constraints: {afterDeployment: [${steps}]}}
context: {notes: ${'x'.repeat(60_000)}}
webhooks: [{name: w, method: POST, uriTemplate: "https://a.b", disableCallback: true, bodyTemplate: {inline: '${body}'}}]
`,
    );

  it('may not use more secrets than a deployment may', () => {
    const names = Array.from({ length: 51 }, (_, index) => `{{secrets.a${index}}}`);
    const text = withWebhook(names.join(''), '{runWebhook: {name: w}}');
    expect(codes(text)).toEqual(['too-many-secrets']);
  });

  it('may not send more at once than Temporal takes', () => {
    const steps = Array.from({ length: 50 }, () => '{runWebhook: {name: w}}').join(', ');
    expect(codes(withWebhook('{{context.notes}}', steps))).toEqual(['too-much-at-once']);
  });

  it('may have very many targets that release one function, and no one waits', () => {
    const names = Array.from({ length: 1500 }, (_, index) => `t${index}`);
    const targets = names.map(
      (name, index) =>
        `  ${name}: {<<: *t, constraints: {dependsOn: [${names.slice(Math.max(0, index - 30), index / 2).join(', ')}]}}\n`,
    );
    const options = names.map((name) => `    - {<<: *o, target: ${name}}\n`);
    const text = `x-t: &t {deployAsIamRole: "arn:aws:iam::111111111111:role/D", region: us-east-1}\nx-o: &o {name: orders}\ntargets:\n${targets.join('')}providerOptions:\n  lambda:\n${options.join('')}`;
    expect(codes(text)).toContain('released-together');
  });

  it('is told of ten thousand mistakes, and of the others how many they are', () => {
    const keys = Array.from({ length: 12_000 }, (_, index) => `k${index}: 1`);
    const found = diagnose(['kind: lambda', ...keys].join('\n'));
    expect(found).toHaveLength(10_001);
    expect(found.at(-1)).toMatchObject({
      code: 'more-problems',
      message: expect.stringMatching(/^From here on there are 200\d more problems\.$/),
    });
  });

  it.each([
    ['a tag where a mapping is meant', 'targets: {p: !!binary aaaa}'],
    ['a tag in a list', 'kind: lambda\nwebhooks: [!!binary aaaa]'],
    ['a date', 'version: v1\nkind: !!timestamp 2001-01-01'],
    ['a set', 'targets: !!set {a, b}'],
    ['a version of YAML in which words are booleans', '%YAML 1.1\n---\nversion: v1'],
  ])('has no YAML that changes what is written: %s', (_name, text) => {
    expect(codes(text)).toEqual(['yaml-syntax']);
  });

  it.each([
    [
      'names',
      `strategies: {s: {canary: {steps: [{pause: {requiresRoles: [${'"",'.repeat(130_000)}]}}]}}}`,
    ],
    ['mappings', `trafficManagement: [{targets: [a], alias: [${'{},'.repeat(130_000)}]}]`],
  ])('may have more empty %s in a list than its schema can hold mistakes', (_name, text) => {
    const found = diagnose(`kind: lambda\n${text}\n`);
    expect(found).toHaveLength(10_001);
    expect(found.at(-1)?.message).toContain('there are at least 10000 more');
  });

  it('may have as many keys as it likes, and no one waits for it', () => {
    const keys = Array.from({ length: 5_000 }, (_, index) => `k${index}: 1`);
    const found = codes(['kind: lambda', ...keys].join('\n'));
    expect(found.filter((code) => code === 'unknown-key')).toHaveLength(5_000);
  });
});

describe('a file with an anchor', () => {
  it('may use it at hundreds of targets', () => {
    const targets = Array.from({ length: 300 }, (_, index) => `  t${index}: *common\n`);
    const text = shopWith('\ntargets:\n', `\ntargets:\n${targets.join('')}`);
    expect(codes(text)).not.toContain('too-many-aliases');
  });

  it('pays nothing for one that it does not use', () => {
    expect(codes(`${SHOP}${aliasBomb(9).replace('targets', 'x-targets')}`)).toEqual([]);
  });
});

describe('what is printed', () => {
  const UNSAFE = '\u0085\u009b31m\u200f\u202e\u2066\u2028\ufeff';

  it('contains no character of the file that a terminal would obey', () => {
    const text = [
      shopWith('Shop', `"a:${UNSAFE}\\e[31m"`),
      `"${UNSAFE}\\e[2J": 1 # ${UNSAFE}`,
      '"\\a": {"\\x1b": 1}',
    ].join('\n');
    const output = renderDiagnostics(diagnose(text), {
      fileName: `a${UNSAFE}\u001b[1m.yaml`,
      text,
    }).text;
    expect(output).toContain('application-name');
    expect(output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it('contains none either when the file is binary', () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    const text = Buffer.from(bytes).toString();
    const output = renderDiagnostics(diagnose(bytes), { fileName: 'a.zip', text }).text;
    expect(output.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('is not in the diagnostics themselves either', () => {
    const diagnostics = diagnose(shopWith('team:', '"t\\e[1m\u009bm": [1]\n  x:'));
    const texts = diagnostics.flatMap(({ message, remedy, path = '' }) => [message, remedy, path]);
    expect(texts.join('')).not.toMatch(/\p{Cc}/u);
  });

  it('stays short, however long a line or a name is', () => {
    const text = shopWith('Shop', `"${'x'.repeat(500_000)}:"`);
    const output = renderDiagnostics(diagnose(text), { fileName: 'deploy.yaml', text }).text;
    expect(output.length).toBeLessThan(1000);
  });
});
