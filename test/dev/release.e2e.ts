import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '../../dev/release/sha256.js';
import { manifest } from '../../dev/setup/manifest.js';
import { root } from '../../dev/setup/paths.js';
import { run } from '../../dev/setup/run.js';
import { blocksOf } from '../docs/support/blocks.js';
import { Checkout, type Ended } from './checkout.js';

const { name, version } = manifest;

/** A checkout with a repository of its own. */
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.make();
  const listed = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard']);
  const top = listed
    .trim()
    .split('\n')
    .map((path) => path.split('/')[0] ?? '');
  await checkout.copy('dist', ...new Set(top));
  await checkout.linkPackages();
  await git('init', '--quiet');
});
afterAll(() => checkout.remove());

const AUTHOR = ['-c', 'user.name=Tests', '-c', 'user.email=tests@example.com'];

const git = (...args: string[]) => run('git', [...AUTHOR, ...args], { cwd: checkout.folder });

/** Commits everything, with a changelog that says this of the version's day. */
async function commit(day: string): Promise<void> {
  const sections = [
    `## ${version} (${day})\n\n- All of it.\n`,
    '## 0.0.9 (2026-11-01)\n\n- Some.\n',
  ];
  await checkout.write('CHANGELOG.md', ['# Changelog\n', ...sections].join('\n'));
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', '--message', 'As it is released');
}

const release = (): Promise<Ended> =>
  checkout.node(['dev/setup/main.js', 'release'], { PATH: process.env['PATH'] ?? '' }).ended;

describe('npm run release', () => {
  it('refuses a version whose day the changelog does not tell', async () => {
    await commit('unreleased');
    const said = `\`## ${version} (YYYY-MM-DD)\`, but \`## ${version} (unreleased)\``;
    const { exitCode, stderr } = await release();
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(said)]);
  });

  it('refuses what is not committed', async () => {
    await commit('2026-12-01');
    await checkout.write('README.md', 'Changed.\n');
    const { exitCode, stderr } = await release();
    await git('checkout', '--', 'README.md');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(' M README.md')]);
  });

  it('refuses a commit without the tag of the version, and says how it gets one', async () => {
    await commit('2026-12-01');
    const { exitCode, stderr } = await release();
    const command = `git tag --annotate v${version}`;
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(command)]);
  });

  describe('of a commit with its tag', () => {
    const file = `${name.replace('@', '').replace('/', '-')}-${version}`;
    const made = (path = '') => checkout.path('.local/release', path);
    beforeAll(async () => {
      await commit('2026-12-01');
      await git('tag', '--force', '--annotate', `v${version}`, '--message', version);
      const { exitCode, stderr } = await release();
      const said = `The release of ${version} is in ${made()}`;
      expect([exitCode, stderr]).toEqual([0, expect.stringContaining(said)]);
    }, 120_000);

    it('makes the package, its parts list, notes and checksums, and leaves nothing else', async () => {
      const files = ['NOTES.md', 'SHA256SUMS', `${file}.cdx.json`, `${file}.tgz`];
      expect((await readdir(made())).sort()).toEqual(files);
      expect(await git('status', '--porcelain', '--ignored')).not.toContain('shrinkwrap');
    });

    it('has checksums that can be checked', async () => {
      expect(await run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: made() })).toBe(
        `NOTES.md: OK\n${file}.cdx.json: OK\n${file}.tgz: OK\n`,
      );
    });

    it('is made of a clone as the page on installing says', async () => {
      const block = blocksOf('docs/installing.md').find(({ text }) => text.startsWith('git clone'));
      const commands = (block?.text ?? '').replace(
        /https:\S+\/sluice\.git/,
        `${checkout.folder} sluice`,
      );
      const place = checkout.path('.local/place');
      await mkdir(place);
      await run('sh', ['-e', '-c', commands], { cwd: place });
      expect((await readdir(place)).sort()).toEqual(['sluice', `${file}.tgz`]);
    }, 300_000);

    it('has notes of this version from the changelog, and of which commit it is', async () => {
      const head = (await git('rev-parse', 'HEAD')).trim();
      expect(await readFile(made('NOTES.md'), 'utf8')).toBe(
        `# Sluice ${version}\n\n2026-12-01\n\n- All of it.\n\nMade of commit ${head}.\n`,
      );
    });

    it('has a parts list with each dependency that is installed, and nothing for development', async () => {
      const bill = JSON.parse(await readFile(made(`${file}.cdx.json`), 'utf8')) as {
        bomFormat: string;
        metadata: { component: object };
        components: { name: string; version: string; hashes?: object[] }[];
      };
      expect(bill.bomFormat).toBe('CycloneDX');
      expect(bill.metadata.component).toMatchObject({
        name,
        version,
        hashes: [{ alg: 'SHA-256', content: await sha256(made(`${file}.tgz`)) }],
      });
      const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
        packages: Record<string, { name?: string; version: string; dev?: boolean }>;
      };
      const locked = Object.entries(lock.packages).flatMap(([path, { dev, ...one }]) => {
        const own = path.replace(/^.*node_modules\//, '');
        return path === '' || dev === true ? [] : `${one.name ?? own}@${one.version}`;
      });
      const listed = bill.components.map((one) => `${one.name}@${one.version}`);
      expect(new Set(listed)).toEqual(new Set(locked));
      expect(bill.components.filter(({ hashes = [] }) => hashes.length === 0)).toEqual([]);
      expect(JSON.stringify(bill)).not.toMatch(/https?:(?!\/\/cyclonedx\.org\/)/);
    });
  });
});
