import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { diagnosticsPage } from '../../dev/generate/diagnosticsPage.js';
import { PHASE_WORDS, TARGET_PHASE_WORDS } from '../../src/cli/view/words.js';
import { readDeployment } from '../../src/config/index.js';
import { BUILT_IN_VARIABLES, type BuiltInVariable } from '../../src/domain/variables.js';
import { ANSWERS } from '../../src/gateway/answers.js';
import { PERMISSIONS } from '../../src/domain/permissions.js';
import { PREFLIGHT_WARNINGS } from '../../src/domain/preflight.js';
import { VERBS } from '../../src/domain/verbs.js';
import { parseSettings } from '../../src/settings/document.js';
import { ENVIRONMENT_VARIABLES } from '../../src/settings/environment.js';
import { STATUS_FIELDS } from './statusFields.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['README.md', 'CONTRIBUTING.md', ...docs()];

function docs(): string[] {
  const names = readdirSync(join(root, 'docs'), { recursive: true }).map(String);
  return names.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
}

const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The rows of a page's tables, as their cells. */
function rows(page: string): string[][] {
  const lines = read(page).split('\n');
  return lines
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split(/ *\| */).slice(1, -1));
}

/** What can be linked to in a page: its headings, as GitHub names them, and marks in its tables. */
function anchors(page: string): Set<string> {
  const text = read(page);
  const seen = new Map<string, number>();
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => {
    const id = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(id) ?? 0;
    seen.set(id, times + 1);
    return times === 0 ? id : `${id}-${times}`;
  });
  const marks = [...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
  return new Set([...headings, ...marks]);
}

const withoutMarkup = (text = ''): string => text.replaceAll('`', '');

describe('the documentation', () => {
  it.each([
    ['worker', 'docs/running-workers.md'],
    ['gateway', 'docs/gateway.md'],
  ] as const)("names every variable of a %s's environment with its default", (reader, page) => {
    const told = rows(page).map((cells) => cells.map(withoutMarkup));
    for (const one of ENVIRONMENT_VARIABLES.filter(({ readers }) => readers.includes(reader))) {
      const row = told.find(([name]) => name === one.name);
      expect([one.name, row?.[2]]).toEqual([one.name, one.default]);
    }
  });

  it('explains every warning of a plan, and every permission that only a plan needs', () => {
    const told = rows('docs/planning.md').map((cells) => cells.map(withoutMarkup));
    const warnings = told.filter(([code = '']) => Object.hasOwn(PREFLIGHT_WARNINGS, code));
    expect(Object.fromEntries(warnings)).toEqual(PREFLIGHT_WARNINGS);
    const needed = PERMISSIONS.filter(({ purpose }) => purpose === 'plan');
    const actions = told.map(([action]) => action);
    expect(needed.filter(({ action }) => !actions.includes(action))).toEqual([]);
  });

  it('explains every answer of a gateway', () => {
    const told = rows('docs/gateway.md').filter(([, code]) => /^\d{3}$/.test(code ?? ''));
    expect(told.map(([status, code]) => [withoutMarkup(status), Number(code)])).toEqual(
      Object.entries(ANSWERS).map(([status, { code }]) => [status, code]),
    );
  });

  it('shows settings of a gateway that can be used', () => {
    const [, yaml = ''] = /^```yaml\n(.*?)^```$/ms.exec(read('docs/gateway.md')) ?? [];
    expect(parseSettings(yaml, 'docs/gateway.md')).toMatchObject({
      callbacks: { publicUrl: 'https://sluice.example.com' },
      gateway: parseSettings('gateway: {trustedProxies: [10.0.0.0/16]}', 'defaults').gateway,
    });
  });

  it('explains every signal and every phase to operators', () => {
    const page = read('docs/operating.md');
    const names = [...VERBS, ...Object.keys(PHASE_WORDS), ...Object.keys(TARGET_PHASE_WORDS)];
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("explains every field of the status query's answers, in their order", () => {
    const names = rows('docs/operating.md').map(([name]) => withoutMarkup(name));
    const fields = names.slice(names.indexOf('schemaVersion'));
    expect(fields.filter((name) => name !== 'field' && !name.startsWith('--'))).toEqual(
      STATUS_FIELDS.flatMap((one) => Object.keys(one)),
    );
  });

  it('has a page of diagnostics that is made from their definitions', () => {
    expect(read('docs/diagnostics.md')).toBe(diagnosticsPage());
  });

  it('has a deployment file with every key that is one', () => {
    const blocks = [
      ...read('docs/deployment-files.md').matchAll(/^```yaml\n(version: .*?)^```$/gms),
    ];
    expect(blocks).toHaveLength(1);
    const now = new Date('2026-11-24');
    const { diagnostics } = readDeployment(blocks[0]?.[1] ?? '', { deploymentId: 'docs', now });
    expect(diagnostics).toEqual([]);
  });

  it('names every variable of templates, and where it has a value', () => {
    const told = rows('docs/deployment-files.md').filter(([name]) => name?.startsWith('`sluice.'));
    const where = ({ in: owners, beforeDeployment }: BuiltInVariable) => {
      const places = owners.map((owner) => (owner === 'query' ? 'queries' : 'webhooks')).join(', ');
      const isLate = !beforeDeployment && owners.includes('webhook');
      return `${places}${isLate ? '; not before the deployment' : ''}`;
    };
    expect(told).toEqual(
      BUILT_IN_VARIABLES.map((variable) => [
        `\`${variable.name}\``,
        variable.meaning,
        where(variable),
      ]),
    );
  });

  it('has an index that leads to every page', () => {
    const linked = [...read('docs/README.md').matchAll(/\]\(([\w/-]+\.md)/g)].map(([, to]) => to);
    const inFolder = docs().filter((page) => page !== 'docs/README.md');
    const missing = inFolder.filter((page) => !linked.includes(page.replace('docs/', '')));
    expect(missing.filter((page) => !page.startsWith('docs/reference/'))).toEqual([]);
    expect(linked).toContain('reference/README.md');
  });

  it.each(pages)('links only to what exists: %s', (page) => {
    const links = [...read(page).matchAll(/\]\(<?([^)]+)\)/g)].map(([, link = '']) => link);
    const local = links.filter((link) => !link.startsWith('http'));
    const missing = local.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const file = path === '' ? page : join(dirname(page), path);
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && file.endsWith('.md') && !anchors(file).has(anchor);
    });
    expect(missing).toEqual([]);
  });

  it.each(pages)('names only files that exist: %s', (page) => {
    const named = [...read(page).matchAll(/\b(?:examples|docs|src|dev)\/[\w./-]+\.\w+/g)];
    expect(named.map(([path]) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
