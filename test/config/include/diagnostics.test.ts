import { describe, expect, it } from '@jest/globals';
import { readParsed, renderAnnotations } from '../../../src/config/index.js';
import { parse } from 'yaml';
import { DEPLOYMENT_ID, SHOP, shopWith } from '../support.js';
import { foundIn, readParts, renderParts } from './parts.js';

const including = (...files: string[]) => `${SHOP}include: [${files.join(', ')}]\n`;
const LINE = SHOP.split('\n').length;

describe('a mistake in an included file', () => {
  it.each<[what: string, part: string, at: string]>([
    ['an unknown key', 'context: {}\nwebhook: []\n', '2:1 unknown-key'],
    ['a wrong type', 'webhooks:\n  - {name: [a], method: GET}\n', '2:12 wrong-type'],
    ['a key that is missing', 'webhooks:\n  - {name: a, method: GET}\n', '2:6 missing-key'],
    ['broken YAML', 'webhooks:\n  - "name\n', '2:5 yaml-syntax'],
    ['a key that stands twice', 'context: {}\ncontext: {}\n', '2:1 duplicate-key'],
    ['another version', 'version: v2\ncontext: {}\n', '1:10 unsupported-version'],
    ['another kind', 'kind: kubernetes\ncontext: {}\n', '1:7 unsupported-kind'],
    [
      'a variable in a template',
      'webhooks:\n  - {name: a, method: GET, uriTemplate: "https://a.b/{{sluice.nam}}"}\n',
      '2:54 unknown-variable',
    ],
    ['a list of all', '[{targets: []}]\n', '1:1 wrong-type'],
    ['a wrong include', 'context: {}\ninclude: {a: b}\n', '2:10 wrong-type'],
    ['an include that is no path', 'context: {}\ninclude: [s3://a/b]\n', '2:11 include-path'],
    ['a file that nobody gave', 'context: {}\ninclude: [b.yaml]\n', '2:11 include-unreadable'],
    ['nothing at all', '# later\n', '1:1 empty-file'],
    ['something else', 'password: hunter2\n', '1:1 no-deployment'],
    ['what is no text', 'webhooks: \u0007\n', '1:11 not-text'],
  ])('is told at its place there: %s', (_what, part, at) => {
    const files = { '../shared/a.yaml': part };
    expect(foundIn(including('../shared/a.yaml'), files)).toContain(`shared/a.yaml:${at}`);
  });

  it('is told after those of the file itself, at the lines of both', () => {
    const text = shopWith(
      'application: Shop',
      'application: Shop\ninclude: [a.yaml, b.yaml]',
    ).replace('region: us-east-1', 'regoin: us-east-1');
    const files = { 'a.yaml': 'context: {b: [1]}\n', 'b.yaml': '\nowner: me\ncontext: {a: [1]}\n' };
    expect(renderParts(text, files)).toMatchFileSnapshot('golden/several-files.txt');
  });

  it('names the file in the annotations for GitHub', () => {
    const { diagnostics } = readParts(including('../shared/a.yaml'), {
      '../shared/a.yaml': 'context: {}\nowner: me\n',
    });
    expect(renderAnnotations(diagnostics, 'deploy/shop.yaml')).toMatch(
      /^::error file=shared\/a.yaml,line=2,/,
    );
  });

  it('says nothing of the file itself where it could not be read as a whole', () => {
    const text = `${SHOP.replace(/^webhooks:\n(?: .*\n)+/m, '')}include: webhooks.yaml\n`;
    const at = text.split('\n').length - 1;
    expect(foundIn(text, {})).toEqual([`deploy/shop.yaml:${at}:10 include-unreadable`]);
  });

  it('is told at the file that lacks something, not at the one that has the rest', () => {
    const text = shopWith('    region: eu-west-1\n', '').replace('application: Shop\n', '');
    const files = { 'a.yaml': 'targets: {staging: {account: a}, production: {account: b}}\n' };
    expect(foundIn(`${text}include: a.yaml\n`, files)).toEqual([
      'deploy/shop.yaml:1:1 missing-key',
      'deploy/shop.yaml:14:3 missing-key',
    ]);
  });

  it('shows nothing of a file that is no part of a deployment, and no secret of one that is', () => {
    const shown = renderParts(including('a.yaml', 'b.yaml'), {
      'a.yaml': 'token: 5f2c9d81b7c4\n',
      'b.yaml': 'context: {api-key: 5f2c9d81b7c4}\nowner: me\n',
    });
    expect(shown).toContain('deploy/a.yaml:1:1: error[no-deployment]');
    expect(shown).not.toContain('5f2c9d81b7c4');
    const secret = renderParts(including('b.yaml'), {
      'b.yaml': 'context: {api-key: 5f2c9d81b7c4, other: [1]}\n',
    });
    expect(secret).toContain('b.yaml:1:20: warning[secret-literal]');
    expect(secret).not.toContain('5f2c9d81b7c4');
  });
});

describe('what is not used', () => {
  const unused = `strategies: {careful: {canary: {steps: []}}}
artifacts: [{functionName: other, path: s3://shop-packages/other.zip, type: zipFile}]
webhooks: [{name: page, method: POST, uriTemplate: "https://a.example.com", disableCallback: true}]
analysis: {queries: [{name: cpu, queryTemplate: max(cpu), upperLimit: 1}]}
`;

  it('is no mistake in an included file, which others use too', () => {
    expect(foundIn(including('a.yaml'), { 'a.yaml': unused })).toEqual([]);
  });

  it('is one in the file itself', () => {
    const text = `include: a.yaml\n${SHOP.replace('\nwebhooks:\n', `\nwebhooks:\n${unused.split('\n')[2]?.replace('webhooks: [', '  - ').replace(']', '') ?? ''}\n`)}`;
    expect(foundIn(text, { 'a.yaml': unused })).toEqual([
      expect.stringMatching(/^deploy\/shop.yaml:\d+:12 unused-webhook$/),
    ]);
  });
});

describe('files that include each other', () => {
  it('are refused with the way from one to the other', () => {
    const files = {
      '../shared/a.yaml': 'include: [b.yaml]\n',
      '../shared/b.yaml': 'context: {}\ninclude: [c.yaml, a.yaml]\n',
      '../shared/c.yaml': 'context: {}\n',
    };
    const { plan, diagnostics } = readParts(including('../shared/a.yaml'), files);
    expect(plan).toBeUndefined();
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'include-cycle',
        file: 'shared/b.yaml',
        line: 2,
        column: 19,
        message: '"shared/a.yaml" includes "shared/b.yaml", which includes "shared/a.yaml".',
      }),
    ]);
  });

  it('may be the deployment file itself', () => {
    const files = { '../shared/a.yaml': 'include: ../deploy/shop.yaml\n' };
    const { diagnostics } = readParts(including('../shared/a.yaml'), files);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      '"deploy/shop.yaml" includes "shared/a.yaml", which includes "deploy/shop.yaml".',
    ]);
  });
});

describe('the files of a deployment', () => {
  const MEGABYTE = 1024 * 1024;

  it('have at most a megabyte together, which is said where the rest is included', () => {
    const half = `context: {}\n#${' '.repeat(MEGABYTE / 2)}`;
    const files = { 'a.yaml': half, 'b.yaml': half, 'c.yaml': 'owner: me' };
    expect(foundIn(including('a.yaml', 'b.yaml', 'c.yaml'), files)).toEqual([
      `deploy/shop.yaml:${LINE}:19 file-too-large`,
    ]);
  });

  it('are at most fifty beside the first', () => {
    const list = (start: number, end: number) =>
      Array.from({ length: end - start }, (_, index) => `f${start + index}.yaml`);
    const part = 'context: {}\n';
    const files = Object.fromEntries(list(0, 51).map((name) => [name, part]));
    expect(foundIn(including(...list(0, 50)), files)).toEqual([]);
    expect(foundIn(including(...list(0, 51)), files)).toEqual([
      expect.stringMatching(/ too-many-includes$/),
    ]);
    const deep = { ...files, 'f0.yaml': `include: [${list(25, 51).join(', ')}]\n` };
    expect(foundIn(including(...list(0, 25)), deep)).toEqual([
      `deploy/shop.yaml:${LINE}:241 too-many-includes`,
    ]);
  });

  it('have no more values together than one may have', () => {
    const many = `context: {a: [${'x,'.repeat(80_000)}]}\n`;
    const found = foundIn(including('a.yaml', 'b.yaml'), { 'a.yaml': many, 'b.yaml': many });
    expect(found.map((text) => text.split(' ')[1])).toEqual(['too-many-aliases']);
  });

  it('may each include very many others, and no one waits', () => {
    const names = Array.from({ length: 49 }, (_, index) => `f${index}.yaml`);
    const files = Object.fromEntries(
      names.map((name, index) => [
        name,
        `include: [${names.slice(index + 1).join(', ')}]\nartifacts: [${'{},'.repeat(500)}]\n`,
      ]),
    );
    const found = foundIn(including(...names), files);
    expect(found).toHaveLength(10_001);
  });

  it('may name very many that are none, and no one waits', () => {
    const text = `${SHOP}include: [${'{toString: 1},'.repeat(40_000)}]\n`;
    expect(foundIn(text, {})).toEqual([expect.stringMatching(/ too-many-includes$/)]);
    expect(foundIn(`${SHOP}include: {toString: 1}\n`, {})).toEqual([
      expect.stringMatching(/ wrong-type$/),
    ]);
  });
});

describe('a deployment that was parsed already', () => {
  it('includes nothing, and says what to hand over instead', () => {
    const { plan, problems } = readParsed(parse(including('a.yaml')), {
      deploymentId: DEPLOYMENT_ID,
    });
    expect(plan).toBeUndefined();
    expect(problems).toEqual([
      expect.objectContaining({ code: 'include-unreadable', path: 'include' }),
    ]);
  });
});
